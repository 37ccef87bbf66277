package org.framecast.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The structure of the product's own classes. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = Modules.all();

  /** A rule over no classes would always hold. */
  @ParameterizedTest
  @MethodSource("modules")
  void allClassesWereSeen(String module) throws IOException {
    long seen =
        CLASSES.stream()
            .filter(type -> Modules.isOf(module, type))
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .count();
    long sources = Modules.sources(module);
    assertTrue(sources > 0, module + " has no sources");
    assertTrue(seen >= sources, module + ": " + seen + " classes of " + sources + " files");
  }

  static List<String> modules() {
    return Modules.NAMES;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(ArchRule rule) {
    rule.check(CLASSES);
  }

  static List<ArchRule> rules() {
    return EveryRule.all();
  }

  @Test
  void everyPackageSaysWhatMayLiveInItAndIsNullMarked() {
    TreeSet<String> unmarked = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      JavaPackage home = type.getPackage();
      if (!home.tryGetPackageInfo().isPresent() || !home.isAnnotatedWith(NullMarked.class)) {
        unmarked.add(home.getName());
      }
    }
    assertEquals(new TreeSet<>(), unmarked);
  }
}

package org.framecast.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.BaseStream;

/** The rules of the architecture; each has a class that breaks it in the tests. */
final class Rules {
  private static final String ROOT = "org.framecast";
  private static final String STREAM = ROOT + ".stream";

  /** The packages of the stream library, each of which may use those before it. */
  static final List<String> STREAM_ORDER =
      List.of(
          "json",
          "media",
          "time",
          "flow",
          "codec",
          "inference",
          "transport",
          "source",
          "layer",
          "compositor",
          "sink",
          "network",
          "webrtc",
          "pipeline",
          "whep",
          "plugin",
          "command");

  /** Libraries, and the one package that may use each. */
  static final Map<String, String> ADAPTERS =
      Map.of(
          "org.bytedeco..", STREAM + ".codec.ffmpeg..",
          "ai.onnxruntime..", STREAM + ".inference.onnx..",
          "org.framecast.rtc..", STREAM + ".transport.datachannel..",
          "com.sun.jna..", ROOT + ".rtc.internal..");

  private static final String[] SERVER_PACKAGES = {
    "jakarta..", "org.eclipse.microprofile..", "io.undertow..", "org.jboss.as..", "org.wildfly.."
  };

  private static final String[] LIBRARIES = {STREAM + "..", ROOT + ".rtc.."};

  /** The program on the command line: it prints, and makes the threads that others are given. */
  private static final String PROGRAM = STREAM + ".command..";

  private Rules() {}

  static ArchRule webIsUsedByNobody() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".web..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".web..");
  }

  static ArchRule theApplicationIsUsedOnlyByTheEdge() {
    return noClasses()
        .that()
        .resideInAnyPackage(LIBRARIES)
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(LIBRARIES))));
  }

  static ArchRule librariesKnowNoServer() {
    return noClasses()
        .that()
        .resideInAnyPackage(LIBRARIES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SERVER_PACKAGES);
  }

  /** One rule for each package of the stream library. */
  static List<ArchRule> streamOrder() {
    List<ArchRule> rules = new ArrayList<>();
    for (int i = 0; i < STREAM_ORDER.size(); i++) {
      String[] after =
          STREAM_ORDER.subList(i + 1, STREAM_ORDER.size()).stream()
              .map(name -> STREAM + "." + name + "..")
              .toArray(String[]::new);
      if (after.length > 0) {
        rules.add(
            noClasses()
                .that()
                .resideInAPackage(STREAM + "." + STREAM_ORDER.get(i) + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(after)
                .allowEmptyShould(true));
      }
    }
    return rules;
  }

  /** Every class of the stream library is in a package of the order. */
  static ArchRule streamHasNoOtherPackages() {
    String[] known =
        STREAM_ORDER.stream().map(name -> STREAM + "." + name + "..").toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(STREAM + "..")
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .resideInAnyPackage(known);
  }

  static ArchRule mediaKnowsOnlyJava() {
    return noClasses()
        .that()
        .resideInAPackage(STREAM + ".media..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", STREAM + ".media..", "org.jspecify..");
  }

  /** One rule for each library that has an adapter. */
  static List<ArchRule> librariesStayInTheirAdapters() {
    return ADAPTERS.entrySet().stream()
        .map(
            entry ->
                noClasses()
                    .that()
                    .resideOutsideOfPackages(entry.getValue(), own(entry.getKey()))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(entry.getKey())
                    .as(entry.getKey() + " is used by " + entry.getValue() + " alone"))
        .map(ArchRule.class::cast)
        .toList();
  }

  private static String own(String library) {
    return library.startsWith(ROOT) ? library : "none.such";
  }

  /** Adapters are found by service loading: no class outside names one. */
  static List<ArchRule> adaptersAreNamedByNobody() {
    return ADAPTERS.values().stream()
        .map(
            adapter ->
                noClasses()
                    .that(
                        not(resideInAPackage(adapter)).and(not(resideInAPackage(ROOT + ".rtc.."))))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(adapter))
        .map(ArchRule.class::cast)
        .toList();
  }

  static List<ArchRule> noCycles() {
    return List.of(
        SlicesRuleDefinition.slices().matching(STREAM + ".(*)..").should().beFreeOfCycles(),
        SlicesRuleDefinition.slices().matching(ROOT + ".(*)..").should().beFreeOfCycles(),
        SlicesRuleDefinition.slices().matching(ROOT + ".web.(*)..").should().beFreeOfCycles());
  }

  static ArchRule noDustbins() {
    return noClasses()
        .should()
        .resideInAnyPackage(
            "..util..", "..utils..", "..helper..", "..helpers..", "..impl..", "..manager..");
  }

  static ArchRule noOwnThreads() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(PROGRAM)
        .should()
        .callConstructorWhere(
            target(
                DescribedPredicate.describe(
                    "make a thread or an executor",
                    constructor ->
                        isAny(
                            constructor.getOwner(),
                            Thread.class,
                            ThreadPoolExecutor.class,
                            ScheduledThreadPoolExecutor.class,
                            ForkJoinPool.class,
                            java.util.Timer.class))))
        .orShould()
        .callMethodWhere(
            call(
                "make a thread or an executor",
                call ->
                    isAny(call.getTargetOwner(), Executors.class)
                        || isThreadMaker(call)
                        || isAny(call.getTargetOwner(), ForkJoinPool.class)
                            && call.getName().equals("commonPool")));
  }

  private static boolean isThreadMaker(JavaMethodCall call) {
    return isAny(call.getTargetOwner(), Thread.class)
        && Set.of("ofPlatform", "ofVirtual", "startVirtualThread").contains(call.getName());
  }

  static ArchRule noParallelStreams() {
    return noClasses()
        .should()
        .callMethodWhere(
            call(
                "go parallel",
                call ->
                    call.getName().equals("parallelStream")
                        || call.getName().equals("parallel")
                            && call.getTargetOwner().isAssignableTo(BaseStream.class)));
  }

  static ArchRule asyncNamesItsExecutor() {
    return noClasses()
        .should()
        .callMethodWhere(
            call(
                "run on the common pool",
                call ->
                    call.getName().endsWith("Async")
                        && isAny(
                            call.getTargetOwner(), CompletableFuture.class, CompletionStage.class)
                        && call.getTarget().getRawParameterTypes().stream()
                            .noneMatch(type -> type.isAssignableTo(Executor.class))));
  }

  static ArchRule noSleep() {
    return noClasses().should().callMethodWhere(target(named(Thread.class, "sleep")));
  }

  static ArchRule noStandardStreams() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(PROGRAM)
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);
  }

  static ArchRule noGenericExceptions() {
    return GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
  }

  static ArchRule noWallClockOnTheDataPlane() {
    return noClasses()
        .that()
        .resideInAnyPackage(LIBRARIES)
        .and()
        .doNotHaveFullyQualifiedName(STREAM + ".time.WallClock")
        .should()
        .callMethodWhere(
            target(named(System.class, "currentTimeMillis"))
                .or(target(named(java.time.Instant.class, "now")))
                .or(target(named(java.time.LocalDateTime.class, "now")))
                .or(target(named(java.time.ZonedDateTime.class, "now")))
                .or(target(named(java.time.Clock.class, "systemUTC")))
                .or(target(named(java.time.Clock.class, "systemDefaultZone"))))
        .orShould()
        .callConstructor(java.util.Date.class);
  }

  private static DescribedPredicate<JavaMethodCall> call(
      String description, java.util.function.Predicate<JavaMethodCall> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }

  private static DescribedPredicate<com.tngtech.archunit.core.domain.AccessTarget> named(
      Class<?> owner, String method) {
    return DescribedPredicate.describe(
        owner.getSimpleName() + "." + method,
        target -> isAny(target.getOwner(), owner) && target.getName().equals(method));
  }

  private static boolean isAny(JavaClass type, Class<?>... candidates) {
    for (Class<?> candidate : candidates) {
      if (type.isEquivalentTo(candidate)) {
        return true;
      }
    }
    return false;
  }
}

package org.framecast.stream.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.framecast.stream.flow.OptionException;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.plugin.OptionProperty.Choice;
import org.framecast.stream.plugin.OptionProperty.ClassList;
import org.framecast.stream.plugin.OptionProperty.Decimal;
import org.framecast.stream.plugin.OptionProperty.Switch;
import org.framecast.stream.plugin.OptionProperty.Text;
import org.framecast.stream.plugin.OptionProperty.Whole;
import org.jspecify.annotations.Nullable;

/**
 * Makes an options record from values that came from outside, and checks each.
 *
 * <p><b>Throws:</b> {@link OptionException} that names the option, for an unknown name, a wrong
 * type or a value out of range. What is not said has its default.
 */
public final class OptionBinder {
  private static final double STEP_TOLERANCE = 1e-6;

  private OptionBinder() {}

  /**
   * Binds the values to a record.
   *
   * @param values by option name: {@link Number}, {@link Boolean} or {@link String}
   */
  public static <O extends Record> O bind(Class<O> type, Map<String, ?> values) {
    OptionSchema schema = OptionSchema.of(type);
    Map<String, Object> rest = new LinkedHashMap<>(values);
    Object[] arguments = new Object[schema.properties().size()];
    for (int i = 0; i < arguments.length; i++) {
      OptionProperty property = schema.properties().get(i);
      boolean said = rest.containsKey(property.name());
      Object value = said ? rest.remove(property.name()) : property.defaultValue();
      arguments[i] = check(property, value);
    }
    for (String unknown : rest.keySet()) {
      throw new OptionException(
          unknown,
          "is not known here; the options are "
              + schema.properties().stream()
                  .map(OptionProperty::name)
                  .collect(Collectors.joining(", ")));
    }
    return make(type, arguments);
  }

  private static Object check(OptionProperty property, @Nullable Object value) {
    return switch (property) {
      case Decimal decimal -> decimal(decimal, value);
      case Whole whole -> whole(whole, value);
      case Switch toggle -> toggle(toggle, value);
      case Text text -> text(text, value);
      case ClassList list -> text(list.text(), value);
      case Choice choice -> choice(choice, value);
    };
  }

  private static double decimal(Decimal property, @Nullable Object value) {
    if (!(value instanceof Number number)
        || !Double.isFinite(number.doubleValue())
        || number.doubleValue() < property.min()
        || number.doubleValue() > property.max()) {
      throw wrong(property);
    }
    double d = number.doubleValue();
    double steps = property.step() > 0 ? d / property.step() : 0;
    if (Math.abs(steps - Math.rint(steps)) > STEP_TOLERANCE) {
      throw wrong(property);
    }
    return d;
  }

  private static int whole(Whole property, @Nullable Object value) {
    if (!(value instanceof Number number)
        || number.doubleValue() != Math.rint(number.doubleValue())
        || !(number.doubleValue() >= property.min() && number.doubleValue() <= property.max())) {
      throw wrong(property);
    }
    int i = number.intValue();
    if (property.step() > 1 && i % property.step() != 0) {
      throw wrong(property);
    }
    return i;
  }

  private static boolean toggle(Switch property, @Nullable Object value) {
    if (!(value instanceof Boolean b)) {
      throw wrong(property);
    }
    return b;
  }

  private static String text(Text property, @Nullable Object value) {
    if (!(value instanceof String s) || s.length() > property.maxLength()) {
      throw wrong(property);
    }
    return s;
  }

  private static Object choice(Choice property, @Nullable Object value) {
    int index = value instanceof String s ? property.words().indexOf(s) : -1;
    if (index < 0) {
      throw wrong(property);
    }
    return property.type().getEnumConstants()[index];
  }

  private static <O extends Record> O make(Class<O> type, Object[] arguments) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = components[i].getType();
    }
    try {
      Constructor<O> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw new MediaException(
            MediaException.Code.OPTIONS, "the options do not fit together", refused);
      }
      throw new IllegalStateException(type.getName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName(), e);
    }
  }

  private static OptionException wrong(OptionProperty property) {
    return new OptionException(property.name(), "must be " + property.rule());
  }
}

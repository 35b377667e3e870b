package dev.forensics.indexer.detect;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** The byte arrays that are reachable from an object by fields of the project's classes. */
public final class Reachable {
  private static final String PROJECT = "dev.forensics.";

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ArrayDeque<Object> open = new ArrayDeque<>();

  private Reachable() {}

  /** All arrays, by identity. */
  public static Set<byte[]> arrays(Object from) {
    Reachable reachable = new Reachable();
    reachable.add(from);
    while (!reachable.open.isEmpty()) {
      reachable.look(reachable.open.poll());
    }
    return reachable.arrays;
  }

  private void add(Object object) {
    if (object instanceof byte[] bytes) {
      arrays.add(bytes);
    } else if (object != null && seen.add(object)) {
      open.add(object);
    }
  }

  private void look(Object object) {
    if (object instanceof Object[] array) {
      for (Object element : array) {
        add(element);
      }
    } else if (object instanceof Collection<?> collection) {
      collection.forEach(this::add);
    } else if (object instanceof Map<?, ?> map) {
      map.values().forEach(this::add);
    } else {
      for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
        if (type.getName().startsWith(PROJECT)) {
          fields(object, type);
        }
      }
    }
  }

  private void fields(Object object, Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
        try {
          field.setAccessible(true);
          add(field.get(object));
        } catch (IllegalAccessException e) {
          throw new AssertionError(field.toString(), e);
        }
      }
    }
  }
}

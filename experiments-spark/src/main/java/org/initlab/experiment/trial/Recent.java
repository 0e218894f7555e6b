package org.initlab.experiment.trial;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What was made of keys not long ago, so that trials which need the same share it. Beyond its bound
 * the longest unused go. A value is a function of its key: two threads may make one twice. Safe for
 * many threads.
 */
final class Recent<K, V> {

  private final long bound;
  private final ToLongFunction<V> size;
  private final Map<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long used;

  /**
   * An empty one.
   *
   * @param bound sum of sizes that is kept
   * @param size of a value
   */
  Recent(long bound, ToLongFunction<V> size) {
    this.bound = bound;
    this.size = size;
  }

  /** The key's value, made now if it is not here. */
  V get(K key, Function<K, V> maker) {
    synchronized (kept) {
      V value = kept.get(key);
      if (value != null) {
        return value;
      }
    }
    V made = maker.apply(key);
    synchronized (kept) {
      V other = kept.putIfAbsent(key, made);
      if (other != null) {
        return other;
      }
      used += size.applyAsLong(made);
      for (Iterator<V> oldest = kept.values().iterator(); used > bound && kept.size() > 1; ) {
        used -= size.applyAsLong(oldest.next());
        oldest.remove();
      }
    }
    return made;
  }
}

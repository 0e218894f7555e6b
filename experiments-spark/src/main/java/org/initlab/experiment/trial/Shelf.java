package org.initlab.experiment.trial;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Bytes that were made of keys not long ago, all of one length, so that trials which need the same
 * share them. Beyond its bound the longest unused go, and their memory is written over: what lies
 * here for long is never garbage, which the collector would have to move and to look for. Bytes are
 * a function of their key: two threads may make them twice. Safe for many threads.
 */
final class Shelf<K> {

  private final int length;
  private final long most;
  private final BiConsumer<K, byte[]> maker;
  private final Map<K, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * An empty one.
   *
   * @param bound bytes that are kept, but those of one key at least
   * @param length bytes of a key
   * @param maker writes a key's bytes, all of them
   */
  Shelf(long bound, int length, BiConsumer<K, byte[]> maker) {
    this.length = length;
    this.most = Math.max(1, bound / length);
    this.maker = maker;
  }

  /** Writes the key's bytes, which are made now if they are not here. */
  void get(K key, byte[] into) {
    if (into.length != length) {
      throw new IllegalArgumentException(into.length + " bytes for " + length);
    }
    synchronized (kept) {
      byte[] here = kept.get(key);
      if (here != null) {
        System.arraycopy(here, 0, into, 0, length);
        return;
      }
    }
    maker.accept(key, into);
    synchronized (kept) {
      if (!kept.containsKey(key)) {
        byte[] room = kept.size() < most ? new byte[length] : longestUnused();
        System.arraycopy(into, 0, room, 0, length);
        kept.put(key, room);
      }
    }
  }

  private byte[] longestUnused() {
    Iterator<byte[]> oldest = kept.values().iterator();
    byte[] room = oldest.next();
    oldest.remove();
    return room;
  }
}

package org.initlab.experiment.launch;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.util.AccumulatorV2;
import org.initlab.experiment.Launcher.Announcement;

/**
 * Carries announcements from tasks to the driver, where each is taken once and then forgotten: the
 * driver's memory does not grow with the number of trials.
 */
final class Announcements extends AccumulatorV2<Announcement, Integer> {

  private static final long serialVersionUID = 1;

  private final List<Announcement> held = new ArrayList<>();

  @Override
  public synchronized boolean isZero() {
    return held.isEmpty();
  }

  @Override
  public synchronized Announcements copy() {
    Announcements copy = new Announcements();
    copy.held.addAll(held);
    return copy;
  }

  @Override
  public synchronized void reset() {
    held.clear();
  }

  @Override
  public synchronized void add(Announcement told) {
    held.add(told);
  }

  @Override
  public synchronized void merge(AccumulatorV2<Announcement, Integer> other) {
    held.addAll(((Announcements) other).taken());
  }

  /** What has arrived since the last call. */
  synchronized List<Announcement> taken() {
    List<Announcement> taken = List.copyOf(held);
    held.clear();
    return taken;
  }

  /** How many wait to be taken. */
  @Override
  public synchronized Integer value() {
    return held.size();
  }
}

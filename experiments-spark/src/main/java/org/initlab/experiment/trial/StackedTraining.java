package org.initlab.experiment.trial;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.initlab.experiment.Outcome;

/**
 * Trains the trials of one stack. A trial that is done, has diverged or throws ends at once; its
 * place is computed on, unheeded, until more than a quarter of the places are such, and then the
 * others move to a smaller stack. For one use. To be closed.
 */
final class StackedTraining implements AutoCloseable {

  /** Of the places, this part is worth to be computed. */
  private static final double FILLED = 0.75;

  /** A trial; {@code nanos} is the time that it had for itself. */
  private static final class Member {
    private final Work work;
    private Parameters first;
    private DenseNetwork copy;
    private long nanos;
    private boolean ended;

    Member(Work work) {
      this.work = work;
    }

    /** Draws the weights and shows them; a trial without updates is done then. */
    Optional<Outcome> begin() {
      first = work.setup().first();
      return goneOn(0, () -> first);
    }

    /** What there is to do after this many updates. */
    Optional<Outcome> goneOn(long step, Supplier<Parameters> now) {
      if (work.recorder().due(step)) {
        if (copy == null) {
          copy = new DenseNetwork(now.get(), work.setup().links());
        } else {
          copy.set(now.get());
        }
        work.recorder().show(step, copy);
      }
      return step == work.setup().steps() ? Optional.of(new Outcome.Completed()) : Optional.empty();
    }

    void free() {
      work.recorder().close();
      if (copy != null) {
        copy.close();
        copy = null;
      }
    }
  }

  private final Work.Ends ends;

  /** The trials at the stack's places. */
  private List<Member> places;

  private Stack stack;
  private double[] losses;
  private double sharedNanos;

  StackedTraining(List<Work> works, Work.Ends ends) {
    this.places = works.stream().map(Member::new).toList();
    this.ends = ends;
  }

  /** Trains all, each to its end. */
  void run() {
    for (Member member : places) {
      alone(member, member::begin);
    }
    for (long step = 1; living().length > 0; step++) {
      long update = step;
      together(
          () -> {
            gatherLiving();
            losses = stack.losses(update);
          });
      for (int place : living()) {
        Member member = places.get(place);
        if (Double.isFinite(losses[place])) {
          member.work.recorder().loss(losses[place]);
        } else {
          end(member, new Outcome.Diverged(update));
        }
      }
      if (living().length > 0) {
        together(() -> stack.update(update));
      }
      for (int place : living()) {
        Member member = places.get(place);
        alone(member, () -> member.goneOn(update, () -> stack.networks().get(place)));
      }
    }
  }

  private int[] living() {
    return IntStream.range(0, places.size()).filter(i -> !places.get(i).ended).toArray();
  }

  /** Makes the first stack, or a smaller one if the old one has too many idle places. */
  private void gatherLiving() {
    int[] living = living();
    if (stack != null && living.length >= FILLED * places.size()) {
      return;
    }
    List<Member> next = IntStream.of(living).mapToObj(places::get).toList();
    if (stack == null) {
      stack = new Stack(next.stream().map(member -> member.work.setup()).toList());
      for (int i = 0; i < next.size(); i++) {
        stack.networks().set(i, next.get(i).first);
        next.get(i).first = null;
      }
    } else {
      Stack larger = stack;
      stack = larger.of(living);
      larger.close();
    }
    places = next;
  }

  /** Does what concerns one trial, on its time. */
  private void alone(Member member, Supplier<Optional<Outcome>> part) {
    long start = System.nanoTime();
    Optional<Outcome> outcome = Work.guarded(part);
    member.nanos += System.nanoTime() - start;
    outcome.ifPresent(o -> end(member, o));
  }

  /** Does what concerns all: whose fault it is that it throws cannot be told. */
  private void together(Runnable part) {
    long start = System.nanoTime();
    int[] living = living();
    Outcome failure = null;
    try {
      part.run();
    } catch (Throwable e) { // As above.
      failure = Outcome.Failed.of(e);
    }
    sharedNanos += (double) (System.nanoTime() - start) / living.length;
    if (failure != null) {
      for (Member member : List.copyOf(places)) {
        if (!member.ended) {
          end(member, failure);
        }
      }
    }
  }

  private void end(Member member, Outcome outcome) {
    member.ended = true;
    member.free();
    ends.ended(member.work, outcome, (member.nanos + sharedNanos) / 1e9);
  }

  @Override
  public void close() {
    for (Member member : places) {
      if (!member.ended) {
        member.free();
      }
    }
    if (stack != null) {
      stack.close();
    }
  }
}

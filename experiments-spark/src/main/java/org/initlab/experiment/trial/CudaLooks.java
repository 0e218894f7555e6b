package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.device.cuda.CudaExamples;
import org.initlab.device.cuda.CudaLook;
import org.initlab.device.cuda.CudaLook.Answers;
import org.initlab.device.cuda.CudaProbe;
import org.initlab.device.cuda.CudaTraining;
import org.initlab.device.cuda.TrainingPlan;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Need;

/**
 * Looks at trials that train together on a GPU, all those at a time to which the same examples are
 * shown. Examples are sent once, at the first look, and kept. To be closed before the training.
 */
final class CudaLooks implements AutoCloseable {

  /** Of the GPU's free memory, what one choice of examples may take; else it is sent in parts. */
  private static final double SHARE_OF_MEMORY = 0.25;

  private static final Set<Need> OF_A_PROBE =
      EnumSet.of(Need.SIGNALS, Need.SATURATION, Need.GRADIENTS);

  private final CudaDevice device;
  private final CudaTraining training;
  private final TrainingPlan plan;
  private final Map<Sort, Choice> choices = new HashMap<>();
  private CudaLook look;

  /** Trials that are looked at together: those of a study that ask for the same. */
  private record Sort(long seed, int heldOut, int validation, int probe, Set<Need> needs) {
    static Sort of(Work work) {
      return new Sort(
          work.setup().trial().seed(),
          number(work, Argument.TEST_EXAMPLES),
          number(work, Argument.VALIDATION_EXAMPLES),
          number(work, Argument.PROBE_EXAMPLES),
          Set.copyOf(work.recorder().needs()));
    }

    private static int number(Work work, Argument argument) {
      return work.setup().trial().integer(argument.key());
    }
  }

  /** What they are shown, as far as they ask for it; the probe's numbers stay here, too. */
  private record Choice(
      Examples probe,
      Optional<CudaExamples> onProbe,
      Optional<CudaExamples> heldOut,
      Optional<CudaExamples> validation)
      implements AutoCloseable {
    @Override
    public void close() {
      onProbe.ifPresent(CudaExamples::close);
      heldOut.ifPresent(CudaExamples::close);
      validation.ifPresent(CudaExamples::close);
    }
  }

  CudaLooks(CudaDevice device, CudaTraining training, TrainingPlan plan) {
    this.device = device;
    this.training = training;
    this.plan = plan;
  }

  /**
   * What is found of trials after {@code step} updates.
   *
   * @param works by their places in the training
   */
  Map<Integer, CudaSight> of(Map<Integer, Work> works, long step) {
    Map<Sort, List<Integer>> sorts = new LinkedHashMap<>();
    works.forEach(
        (place, work) -> sorts.computeIfAbsent(Sort.of(work), s -> new ArrayList<>()).add(place));
    Map<Integer, CudaSight> found = new HashMap<>();
    sorts.forEach(
        (sort, places) -> {
          Choice choice =
              choices.computeIfAbsent(sort, s -> choice(s, works.get(places.get(0)).setup()));
          List<CudaSight> sights = sights(sort, choice, places, step);
          for (int i = 0; i < sights.size(); i++) {
            found.put(places.get(i), sights.get(i));
          }
        });
    return found;
  }

  private Choice choice(Sort sort, Setup setup) {
    Examples probe = setup.heldOut(sort.probe());
    boolean looks =
        sort.needs().stream().anyMatch(OF_A_PROBE::contains) && CudaLook.takes(plan, sort.probe());
    return new Choice(
        probe,
        looks ? Optional.of(send(probe, Long.MAX_VALUE)) : Optional.empty(),
        send(sort, Need.HELD_OUT, () -> setup.heldOut(sort.heldOut())),
        send(sort, Need.VALIDATION, setup::validation));
  }

  private Optional<CudaExamples> send(Sort sort, Need need, Supplier<Examples> examples) {
    return sort.needs().contains(need)
        ? Optional.of(send(examples.get(), (long) (device.freeBytes() * SHARE_OF_MEMORY)))
        : Optional.empty();
  }

  private CudaExamples send(Examples examples, long mostBytes) {
    return new CudaExamples(device, examples.inputs(), examples.x(), examples.labels(), mostBytes);
  }

  private List<CudaSight> sights(Sort sort, Choice choice, List<Integer> places, long step) {
    int[] at = places.stream().mapToInt(place -> place).toArray();
    Optional<List<Answers>> heldOut = choice.heldOut().map(e -> look().answers(at, e));
    Optional<List<Answers>> validation = choice.validation().map(e -> look().answers(at, e));
    boolean back = sort.needs().contains(Need.GRADIENTS);
    CudaProbe.Wanted wanted =
        new CudaProbe.Wanted(
            back,
            sort.needs().contains(Need.SATURATION),
            back && step == 0); // of which theory predicts the gradients below
    Optional<List<CudaProbe>> probes = choice.onProbe().map(e -> look().probe(at, e, wanted));
    List<CudaSight> sights = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      int one = i;
      sights.add(
          new CudaSight(
              choice.probe(),
              heldOut.map(all -> all.get(one)),
              validation.map(all -> all.get(one)),
              probes.map(all -> all.get(one)),
              sort.needs()));
    }
    return sights;
  }

  /** The kernels, which the driver compiles when they are first wanted. */
  private CudaLook look() {
    if (look == null) {
      look = new CudaLook(device, training);
    }
    return look;
  }

  @Override
  public void close() {
    choices.values().forEach(Choice::close);
    if (look != null) {
      look.close();
    }
  }
}

package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.initlab.experiment.Trial;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.WeightEnsemble;

/**
 * What a trial's kernels and biases were drawn from, as far as theory knows it, layer by layer.
 *
 * @param kernels from layer 1
 * @param biases from layer 1
 */
record DrawnBy(List<Optional<WeightEnsemble>> kernels, List<Optional<WeightEnsemble>> biases) {

  DrawnBy {
    kernels = List.copyOf(kernels);
    biases = List.copyOf(biases);
  }

  /** A network of which nothing is known. */
  static DrawnBy unknown(int layers) {
    List<Optional<WeightEnsemble>> nothing = Collections.nCopies(layers, Optional.empty());
    return new DrawnBy(nothing, nothing);
  }

  /** The trial's, before any update. */
  static DrawnBy of(Setup setup) {
    Trial trial = setup.trial();
    // The theory at hand is of dense layers: a convolution's edges and pools are not in it.
    if (!trial.text("calibrator").equals("none")
        || Architectures.named(trial.text("architecture")).convolves()) {
      return unknown(setup.sites().size());
    }
    List<Optional<WeightEnsemble>> kernels = new ArrayList<>();
    List<Optional<WeightEnsemble>> biases = new ArrayList<>();
    for (Site site : setup.sites()) {
      kernels.add(setup.scheme().at(site).ensemble(site));
      Optional<Initializer> bias = setup.scheme().bias(site);
      biases.add(
          bias.isPresent()
              ? bias.get().ensemble(site.bias())
              : Optional.of(WeightEnsemble.independent(0)));
    }
    return new DrawnBy(kernels, biases);
  }
}

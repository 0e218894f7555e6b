package org.initlab.experiment.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.init.theory.SignalPath;

/**
 * What theory has worked out for some trials, so that their repeats, whose weights differ and whose
 * laws do not, need not ask again: the paths of the last {@value #KEPT} networks. For one thread.
 */
public final class Theory {

  private static final int KEPT = 64;

  private final Map<List<SignalPath.Layer>, SignalPath> paths =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<SignalPath.Layer>, SignalPath> eldest) {
          return size() > KEPT;
        }
      };

  /** The path through these layers. */
  SignalPath path(List<SignalPath.Layer> layers) {
    return paths.computeIfAbsent(List.copyOf(layers), SignalPath::new);
  }
}

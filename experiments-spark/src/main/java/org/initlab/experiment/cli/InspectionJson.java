package org.initlab.experiment.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.initlab.init.model.Drawn;
import org.initlab.init.model.LayerSignal;
import org.initlab.init.model.Verdict;
import org.initlab.init.simulate.Measured;

/** An inspection as JSON; what is not finite is null. */
final class InspectionJson {

  private InspectionJson() {}

  static String of(Inspection inspection) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", inspection.model().name());
    all.put("format", inspection.model().format());
    all.put("parameters", inspection.model().parameters());
    all.put("healthy", inspection.verdict().healthy());
    all.put("verdict", told(inspection.verdict()));
    inspection
        .remedy()
        .ifPresent(
            r -> {
              Map<String, Object> with = told(r.verdict());
              with.put("initializer", r.initializer());
              with.put("code", r.code());
              with.put("healthy", r.verdict().healthy());
              all.put("remedy", with);
            });
    List<Map<String, Object>> layers =
        new ArrayList<>(inspection.signals().stream().map(InspectionJson::told).toList());
    inspection
        .simulation()
        .ifPresent(
            s -> {
              Map<String, Object> measured = told(Verdict.of(s.signals()));
              measured.put("draws", s.draws());
              measured.put("examples", s.batch());
              all.put("measured", measured);
              for (int i = 0; i < layers.size(); i++) {
                layers.get(i).put("measured", told(s.layers().get(i)));
              }
            });
    all.put("layers", layers);
    all.put("notices", inspection.model().notices());
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> told(Verdict verdict) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put(
        "findings",
        verdict.findings().stream().map(f -> f.name().toLowerCase(Locale.ROOT)).toList());
    told.put("from", verdict.places());
    told.put("layers", verdict.layers());
    told.put("first", verdict.first());
    told.put("last", verdict.last());
    told.put("signal_ratio", finite(verdict.signal()));
    told.put("gradient_ratio", finite(verdict.gradient()));
    return told;
  }

  private static Map<String, Object> told(LayerSignal signal) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", signal.layer().name());
    told.put("type", signal.layer().type());
    told.put("inputs", signal.layer().inputs());
    told.put("shape", signal.layer().shape());
    told.put("parameters", signal.layer().parameters());
    List<Map<String, Object>> kernels = new ArrayList<>();
    for (Drawn kernel : signal.layer().kernels()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("role", kernel.role());
      one.put("fan_in", kernel.fans().in());
      one.put("fan_out", kernel.fans().out());
      one.put("initializer", kernel.initializer());
      one.put("variance", finite(kernel.variance()));
      kernels.add(one);
    }
    told.put("kernels", kernels);
    told.put("q", finite(signal.length()));
    told.put("mean_square", finite(signal.square()));
    told.put("forward", finite(signal.forward()));
    told.put("backward", finite(signal.backward()));
    told.put("gradient", finite(signal.gradient()));
    told.put("saturated", finite(signal.saturated()));
    return told;
  }

  private static Map<String, Object> told(Measured layer) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("forward", finite(layer.measured().forward()));
    told.put("forward_error", finite(layer.forwardError()));
    told.put("backward", finite(layer.measured().backward()));
    told.put("backward_error", finite(layer.backwardError()));
    if (Inspection.changes(layer.predicted())) {
      told.put("forward_holds", layer.forwardHolds());
      told.put("backward_holds", layer.backwardHolds());
    }
    return told;
  }

  /** JSON has no word for NaN. */
  private static Double finite(double x) {
    return Double.isFinite(x) ? x : null;
  }
}

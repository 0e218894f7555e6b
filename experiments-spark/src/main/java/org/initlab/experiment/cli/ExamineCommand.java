package org.initlab.experiment.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.initlab.experiment.launch.Answer;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.launch.ClusterException;
import picocli.CommandLine.Command;

/** {@code initlab examine}: what doctor --cluster submits. */
@Command(
    name = "examine",
    description = "Looks over the cluster that spark-submit named.",
    mixinStandardHelpOptions = true,
    hidden = true)
final class ExamineCommand implements Callable<Integer> {

  @Override
  public Integer call() throws ClusterException {
    Map<String, String> here = new TrialCheck("").facts();
    String numbers = here.get(TrialCheck.NUMBERS);
    System.out.println(line("GOOD", "driver", here));
    List<Answer> answers;
    try (Cluster spark = Cluster.submitted()) {
      answers = spark.ask(new TrialCheck(numbers));
    }
    boolean broken = false;
    for (Answer answer : answers) {
      broken |= !answer.wrong().isEmpty();
      if (answer.wrong().isEmpty()) {
        Map<String, String> facts = new TreeMap<>(answer.facts());
        facts.put("cores for trials", Integer.toString(answer.cores()));
        boolean other = !facts.get(TrialCheck.NUMBERS).startsWith("the same");
        System.out.println(line(other ? "WARNING" : "GOOD", answer.name(), facts));
      } else {
        System.out.printf("%-8s %s: %s%n", "BROKEN", answer.name(), answer.wrong());
      }
    }
    return broken ? Exit.ENVIRONMENT : Exit.DONE;
  }

  private static String line(String verdict, String name, Map<String, String> facts) {
    return String.format(
        "%-8s %s: %s",
        verdict,
        name,
        new TreeMap<>(facts)
            .entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining("; ")));
  }
}

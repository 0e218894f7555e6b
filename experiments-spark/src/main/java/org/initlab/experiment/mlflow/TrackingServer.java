package org.initlab.experiment.mlflow;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.Page;

/**
 * An MLflow tracking server, spoken to by MLflow's client over its REST API 2.0. A trial's run is
 * RUNNING while it is sent and gets its status at last, so that what a killed export left is known
 * and sent anew.
 */
public final class TrackingServer implements AutoCloseable {

  /** The tag with a trial's id. */
  private static final String TRIAL = "initlab.trial";

  /** The tag with the name of the run folder. */
  private static final String FOLDER = "initlab.run";

  private static final String OUTCOME = "initlab.outcome";
  private static final int SECONDS = 25;
  private static final int PAGE = 1000;

  private final MlflowClient client;
  private final String uri;

  /**
   * A trial that the server has.
   *
   * @param run the server's id of its run
   * @param outcome the outcome that was sent; nothing if it was not sent to its end
   */
  public record Sent(String run, String outcome) {}

  private TrackingServer(Login login) {
    this.client = new MlflowClient(login.credentials());
    this.uri = login.uri();
  }

  /**
   * Opens a server and sees whether it answers.
   *
   * @param uri its address, http or https, without a password
   * @param environment where user, password and token are looked up
   * @throws IllegalArgumentException if the address cannot be a server's
   */
  public static TrackingServer open(String uri, Map<String, String> environment)
      throws TrackingException {
    TrackingServer server = new TrackingServer(Login.of(uri, environment));
    server.requireAnswer();
    return server;
  }

  private void requireAnswer() throws TrackingException {
    FutureTask<Object> answer =
        new FutureTask<>(() -> client.searchExperiments("", ViewType.ACTIVE_ONLY, 1, List.of()));
    Thread asking = new Thread(answer, "ask MLflow");
    asking.setDaemon(true);
    asking.start();
    try {
      answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new TrackingException(
          "cannot reach MLflow at " + uri + ": it did not answer in " + SECONDS + " s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrackingException("interrupted while asking " + uri, e);
    } catch (ExecutionException e) {
      throw explained(e.getCause());
    }
  }

  /** The id of an experiment; made with these tags if there is none of its name. */
  public String experiment(String name, Map<String, String> tags) throws TrackingException {
    return asked(
        () -> {
          String filter = "name = '" + name + "'";
          for (Experiment there :
              client.searchExperiments(filter, ViewType.ALL, 10, List.of()).getItems()) {
            if (there.getName().equals(name)) {
              if (there.getLifecycleStage().equals("deleted")) {
                throw new IllegalArgumentException(
                    "the experiment '"
                        + name
                        + "' is deleted at "
                        + uri
                        + ". Restore it there, or choose another with --experiment.");
              }
              return there.getExperimentId();
            }
          }
          String id = client.createExperiment(name);
          new TreeMap<>(tags).forEach((key, value) -> client.setExperimentTag(id, key, value));
          return id;
        });
  }

  /** The trials of a run folder that an experiment has, by their ids. */
  public Map<String, Sent> sent(String experiment, String folder) throws TrackingException {
    return asked(
        () -> {
          Map<String, Sent> sent = new HashMap<>();
          Page<Run> page =
              client.searchRuns(
                  List.of(experiment),
                  "tags.\"" + FOLDER + "\" = '" + folder + "'",
                  ViewType.ACTIVE_ONLY,
                  PAGE);
          while (true) {
            for (Run run : page.getItems()) {
              Map<String, String> tags = new HashMap<>();
              for (RunTag tag : run.getData().getTagsList()) {
                tags.put(tag.getKey(), tag.getValue());
              }
              boolean whole = run.getInfo().getStatus() != RunStatus.RUNNING;
              sent.put(
                  tags.get(TRIAL),
                  new Sent(run.getInfo().getRunId(), whole ? tags.get(OUTCOME) : ""));
            }
            if (!page.hasNextPage()) {
              return sent;
            }
            page = page.getNextPage();
          }
        });
  }

  /** Removes a run, as one that was sent in part. */
  public void delete(Sent sent) throws TrackingException {
    asked(
        () -> {
          client.deleteRun(sent.run());
          return sent;
        });
  }

  /** Sends a trial: a new run with all that is known of it, and its status at last. */
  public void send(String experiment, String folder, TrialRun trial) throws TrackingException {
    Map<String, String> tags = new HashMap<>(trial.tags());
    tags.put(TRIAL, trial.trial());
    tags.put(FOLDER, folder);
    tags.put(OUTCOME, trial.outcome());
    asked(
        () -> {
          String run =
              client
                  .createRun(
                      CreateRun.newBuilder()
                          .setExperimentId(experiment)
                          .setRunName(trial.name())
                          .setStartTime(trial.start().toEpochMilli())
                          .addAllTags(Wire.tags(tags))
                          .build())
                  .getRunId();
          for (List<Param> params : Wire.params(trial.params())) {
            client.logBatch(run, List.of(), params, List.of());
          }
          for (List<Metric> metrics :
              Wire.metrics(trial.measurements(), trial.end().toEpochMilli())) {
            client.logBatch(run, metrics, List.of(), List.of());
          }
          client.setTerminated(
              run,
              trial.outcome().equals("failed") ? RunStatus.FAILED : RunStatus.FINISHED,
              trial.end().toEpochMilli());
          return run;
        });
  }

  private <T> T asked(Supplier<T> question) throws TrackingException {
    try {
      return question.get();
    } catch (MlflowClientException e) {
      throw explained(e);
    }
  }

  private TrackingException explained(Throwable e) {
    if (e instanceof MlflowHttpException http) {
      int status = http.getStatusCode();
      String why =
          status == 401 || status == 403
              ? ". Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or"
                  + " MLFLOW_TRACKING_TOKEN."
              : ": " + line(http.getBodyMessage());
      return new TrackingException("MLflow at " + uri + " answered with status " + status + why, e);
    }
    if (e.getCause() instanceof IOException io) {
      return new TrackingException(
          "cannot reach MLflow at "
              + uri
              + ": "
              + line(io.getMessage())
              + ". Is it up, and are host and port right?",
          e);
    }
    return new TrackingException(
        "what answers at " + uri + " is not MLflow: " + line(e.getMessage()), e);
  }

  private static String line(String text) {
    String line = text == null ? "" : text.strip().lines().findFirst().orElse("");
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }

  @Override
  public void close() {
    client.close();
  }
}

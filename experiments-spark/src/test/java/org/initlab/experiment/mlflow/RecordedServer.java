package org.initlab.experiment.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of MLflow's REST API 2.0 that an export calls, with the limits and the rules of names
 * that MLflow's server checks (mlflow.org, REST API; mlflow/utils/validation.py of MLflow 2). It
 * stands for the real server, which is a Python program.
 */
public final class RecordedServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("[/\\w.\\- ]*");
  private static final int PAGE = 4; // a server may give fewer than it is asked for

  /** A run as the server keeps it. */
  public static final class Kept {
    public final Map<String, String> params = new TreeMap<>();
    public final Map<String, String> tags = new TreeMap<>();

    /** Key and step to value, as text. */
    public final Map<String, String> metrics = new TreeMap<>();

    public String name;
    public String status = "RUNNING";
    public boolean deleted;
    public long start;
    public long end;
  }

  public final Map<String, Kept> runs = new LinkedHashMap<>();
  public final Map<String, String> experiments = new LinkedHashMap<>();
  public final Set<String> authorizations = new TreeSet<>();
  public final List<String> refused = new ArrayList<>();

  /** Requests that are answered before the server breaks down. */
  public int healthy = Integer.MAX_VALUE;

  /** What the header Authorization must be; null if anybody may ask. */
  public String authorization;

  private final HttpServer server;

  private RecordedServer(HttpServer server) {
    this.server = server;
  }

  public static RecordedServer start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    RecordedServer it = new RecordedServer(http);
    http.createContext("/", it::answer);
    http.start();
    return it;
  }

  public String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Runs that were not deleted. */
  public List<Kept> present() {
    return runs.values().stream().filter(run -> !run.deleted).toList();
  }

  private synchronized void answer(HttpExchange call) throws IOException {
    String said = call.getRequestHeaders().getFirst("Authorization");
    authorizations.add(String.valueOf(said));
    byte[] body = call.getRequestBody().readAllBytes();
    int status = 200;
    String answer;
    if (authorization != null && !authorization.equals(said)) {
      status = 401;
      answer = "You are not authenticated.";
    } else if (healthy-- <= 0) {
      status = 500;
      answer = "{\"error_code\": \"INTERNAL_ERROR\", \"message\": \"database is locked\"}";
    } else {
      try {
        require(body.length <= 1_000_000, "requests must be at most 1000000 bytes");
        String path = call.getRequestMethod() + " " + call.getRequestURI().getPath();
        answer = handle(path, JSON.readTree(body)).toString();
      } catch (IllegalArgumentException e) {
        status = 400;
        refused.add(e.getMessage());
        answer =
            JSON.createObjectNode()
                .put("error_code", "INVALID_PARAMETER_VALUE")
                .put("message", e.getMessage())
                .toString();
      }
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
    call.close();
  }

  private JsonNode handle(String call, JsonNode request) {
    return switch (call.replace("/api/2.0/mlflow/", "")) {
      case "POST experiments/search" -> searchExperiments(request);
      case "POST experiments/create" -> createExperiment(request);
      case "POST experiments/set-experiment-tag" -> JSON.createObjectNode();
      case "POST runs/search" -> searchRuns(request);
      case "POST runs/create" -> createRun(request);
      case "POST runs/log-batch" -> logBatch(request);
      case "POST runs/update" -> update(request);
      case "POST runs/delete" -> delete(request);
      default -> throw new IllegalArgumentException("no endpoint " + call);
    };
  }

  private JsonNode searchExperiments(JsonNode request) {
    require(request.get("max_results").asInt() >= 1, "max_results");
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("experiments");
    experiments.forEach(
        (id, name) -> {
          String filter = request.path("filter").asText();
          if (filter.isEmpty() || filter.equals("name = '" + name + "'")) {
            list.addObject()
                .put("experiment_id", id)
                .put("name", name)
                .put("lifecycle_stage", "active");
          }
        });
    return answer;
  }

  private JsonNode createExperiment(JsonNode request) {
    String name = request.get("name").asText();
    require(!experiments.containsValue(name), "Experiment(name=" + name + ") already exists.");
    String id = Integer.toString(experiments.size() + 1);
    experiments.put(id, name);
    return JSON.createObjectNode().put("experiment_id", id);
  }

  private JsonNode searchRuns(JsonNode request) {
    Matcher filter =
        Pattern.compile("tags\\.\"([\\w.]+)\" = '([^']*)'").matcher(request.get("filter").asText());
    require(filter.matches(), "Invalid filter " + request.get("filter"));
    require(request.get("max_results").asInt() <= 50_000, "max_results");
    int from =
        request.path("page_token").asText("").isEmpty() ? 0 : request.get("page_token").asInt();
    List<Map.Entry<String, Kept>> found =
        runs.entrySet().stream()
            .filter(r -> !r.getValue().deleted)
            .filter(r -> filter.group(2).equals(r.getValue().tags.get(filter.group(1))))
            .toList();
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode list = answer.putArray("runs");
    int to = Math.min(from + PAGE, found.size());
    for (Map.Entry<String, Kept> run : found.subList(from, to)) {
      ObjectNode one = list.addObject();
      one.putObject("info").put("run_id", run.getKey()).put("status", run.getValue().status);
      ArrayNode tags = one.putObject("data").putArray("tags");
      run.getValue().tags.forEach((k, v) -> tags.addObject().put("key", k).put("value", v));
    }
    if (to < found.size()) {
      answer.put("next_page_token", Integer.toString(to));
    }
    return answer;
  }

  private JsonNode createRun(JsonNode request) {
    require(experiments.containsKey(request.get("experiment_id").asText()), "No such experiment");
    Kept run = new Kept();
    run.name = request.get("run_name").asText();
    run.start = request.get("start_time").asLong();
    tags(run, request.path("tags"));
    String id = String.format("%032x", runs.size() + 1);
    runs.put(id, run);
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("run").putObject("info").put("run_id", id).put("status", "RUNNING");
    return answer;
  }

  private JsonNode logBatch(JsonNode request) {
    Kept run = running(request);
    JsonNode metrics = request.path("metrics");
    JsonNode params = request.path("params");
    require(metrics.size() <= 1000, "at most 1000 metrics");
    require(params.size() <= 100 && request.path("tags").size() <= 100, "at most 100 params, tags");
    require(metrics.size() + params.size() + request.path("tags").size() <= 1000, "at most 1000");
    for (JsonNode m : metrics) {
      name(m.get("key").asText());
      String value = m.get("value").asText(); // proto3 JSON: NaN and Infinity are texts
      Double.parseDouble(value);
      require(m.get("timestamp").asLong() > 0, "timestamp");
      String place = m.get("key").asText() + " @ " + m.get("step").asLong();
      require(run.metrics.put(place, value) == null, "twice: " + place);
    }
    for (JsonNode p : params) {
      name(p.get("key").asText());
      require(p.get("value").asText().length() <= 6000, "param too long");
      String was = run.params.put(p.get("key").asText(), p.get("value").asText());
      require(was == null || was.equals(p.get("value").asText()), "Changing param values");
    }
    tags(run, request.path("tags"));
    return JSON.createObjectNode();
  }

  private void tags(Kept run, JsonNode tags) {
    require(tags.size() <= 100, "at most 100 tags");
    for (JsonNode tag : tags) {
      name(tag.get("key").asText());
      require(tag.get("value").asText().length() <= 5000, "tag too long");
      run.tags.put(tag.get("key").asText(), tag.get("value").asText());
    }
  }

  private JsonNode update(JsonNode request) {
    Kept run = running(request);
    run.status = request.get("status").asText();
    run.end = request.get("end_time").asLong();
    return JSON.createObjectNode();
  }

  private JsonNode delete(JsonNode request) {
    runs.get(request.get("run_id").asText()).deleted = true;
    return JSON.createObjectNode();
  }

  private Kept running(JsonNode request) {
    Kept run = runs.get(request.get("run_id").asText());
    require(run != null && !run.deleted && run.status.equals("RUNNING"), "No such run");
    return run;
  }

  /** A name is also a path in a store of files, and must be its own normal form. */
  private static void name(String name) {
    require(NAME.matcher(name).matches() && !name.isEmpty() && name.length() <= 250, name);
    String normal = java.nio.file.Path.of(name).normalize().toString();
    require(normal.equals(name) && !name.startsWith("/") && !name.startsWith(".."), name);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

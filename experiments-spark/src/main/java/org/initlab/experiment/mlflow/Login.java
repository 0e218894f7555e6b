package org.initlab.experiment.mlflow;

import java.net.URI;
import java.util.Map;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * Where a tracking server is and who asks it. User, password and token come from the variables of
 * the environment that MLflow's clients read, and from nowhere else; its text shows none of them.
 *
 * @param uri the server, without a slash at its end
 */
record Login(String uri, BasicMlflowHostCreds credentials) {

  /** Reads the environment. */
  static Login of(String said, Map<String, String> environment) {
    String uri = said.strip().replaceAll("/+$", "");
    URI parsed;
    try {
      parsed = URI.create(uri);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--tracking-uri '" + safe(uri) + "' is not a URI.", e);
    }
    if (parsed.getRawUserInfo() != null || uri.matches("[^/]*//[^/]*@.*")) {
      throw new IllegalArgumentException(
          "--tracking-uri "
              + safe(uri)
              + " carries a password, which would be kept in logs and shells. Set"
              + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN,"
              + " and leave it out here.");
    }
    if (!("http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme()))
        || parsed.getHost() == null) {
      throw new IllegalArgumentException(
          "--tracking-uri must be of a tracking server, like http://localhost:5000, not '"
              + uri
              + "'. What MLflow keeps in a folder or a database is reached by `mlflow server`.");
    }
    return new Login(
        uri,
        new BasicMlflowHostCreds(
            uri,
            environment.get("MLFLOW_TRACKING_USERNAME"),
            environment.get("MLFLOW_TRACKING_PASSWORD"),
            environment.get("MLFLOW_TRACKING_TOKEN"),
            "true".equalsIgnoreCase(environment.get("MLFLOW_TRACKING_INSECURE_TLS"))));
  }

  private static String safe(String uri) {
    return uri.replaceFirst("//.*@", "//...@");
  }

  @Override
  public String toString() {
    return "Login[" + uri + "]";
  }
}

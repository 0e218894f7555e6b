/**
 * This room turns stored trials into runs of an MLflow tracking server, a run a trial. It speaks to
 * the server through MLflow's own client and alone knows it; one trial is in memory at a time, and
 * the names of those that the server has.
 */
package org.initlab.experiment.mlflow;

/** This room turns a snapshot of a network into numbers: one table, one file a metric. */
package org.initlab.experiment.metric;

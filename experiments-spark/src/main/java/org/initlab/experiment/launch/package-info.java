/** This room turns a list of trials into stored results, here or on a Spark cluster. */
package org.initlab.experiment.launch;

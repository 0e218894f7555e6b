/** This room turns a command line into a study that runs and an answer that is read. */
package org.initlab.experiment.cli;

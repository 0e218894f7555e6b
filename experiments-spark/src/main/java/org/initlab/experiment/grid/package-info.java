/**
 * This room turns a file into a study, or into all the problems that the file has. It is the only
 * one that knows YAML.
 */
package org.initlab.experiment.grid;

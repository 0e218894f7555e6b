/**
 * This room turns the JSON of a Deeplearning4j configuration into layers, without Deeplearning4j
 * and without loading any class that the file names.
 */
package org.initlab.init.dl4j;

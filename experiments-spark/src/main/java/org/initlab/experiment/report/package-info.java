/**
 * This room turns stored results into an answer: claims with verdicts, figures with their numbers,
 * what was chosen on validation examples, one page. It reads with Spark, and holds the rows of one
 * figure in memory at a time.
 */
package org.initlab.experiment.report;

/**
 * This room turns results into files that survive a kill, and files back into results. It alone
 * knows Parquet and Hadoop, and holds one batch of results in memory at a time.
 */
package org.initlab.experiment.store;

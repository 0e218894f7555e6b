/**
 * This room turns engines into times: microseconds an update on one thread, beside what the
 * processor and its caches could do at best.
 *
 * <p>An engine is timed as it runs a trial, through its own interface: the clock hangs on the data,
 * and is read when the engine asks for the first example of an update. The times are processor time
 * of the whole process, so that what else the machine does is not counted, but the collector of
 * garbage and the threads of a library are; on an idle core they equal the wall clock's, which is
 * kept beside them.
 *
 * <p>On a GPU it first compares the kernels' numbers with a CPU's ({@link
 * org.initlab.experiment.bench.GpuCheck}).
 *
 * <p>It knows the engines, and nobody but the command line knows it. No result of a study depends
 * on it.
 */
package org.initlab.experiment.bench;

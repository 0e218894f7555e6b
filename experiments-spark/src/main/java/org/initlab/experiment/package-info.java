/**
 * This room turns a question into trials and trials into measurements, as nouns: studies, trials,
 * outcomes, metrics, stores. It holds no machinery and knows no library; sub-packages import it.
 */
package org.initlab.experiment;

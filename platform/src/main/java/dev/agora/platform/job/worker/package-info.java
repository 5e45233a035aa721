/**
 * Runs jobs: each slot of an instance takes records from the queue, claims a job for each
 * and calls the handler of its kind.
 */
@NullMarked
package dev.agora.platform.job.worker;

import org.jspecify.annotations.NullMarked;

package dev.agora.platform.job.worker;

import java.util.function.Function;

import dev.agora.platform.document.Change;
import dev.agora.platform.job.Job;

/** Decides what happens to a job after a run. */
@FunctionalInterface
interface JobDecision extends Function<Job, Change<Job>> {

}

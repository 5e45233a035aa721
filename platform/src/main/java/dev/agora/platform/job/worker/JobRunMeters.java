package dev.agora.platform.job.worker;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.agora.platform.job.JobState;
import dev.agora.platform.metrics.CapacityMeters;

/**
 * Measures the slots in use, and the runs of each kind of job by the state of the job
 * after the run. A queued job runs again.
 */
final class JobRunMeters implements MeterBinder {

	private final AtomicInteger running = new AtomicInteger();

	private final int slots;

	private final Map<String, Map<JobState, LongAdder>> runs = new HashMap<>();

	JobRunMeters(Collection<String> kinds, int slots) {
		this.slots = slots;
		kinds.forEach((kind) -> this.runs.put(kind, counts()));
	}

	private static Map<JobState, LongAdder> counts() {
		Map<JobState, LongAdder> counts = new EnumMap<>(JobState.class);
		EnumSet.complementOf(EnumSet.of(JobState.RUNNING)).forEach((state) -> counts.put(state, new LongAdder()));
		return counts;
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		CapacityMeters.register(meters, "job-slots", this.running::get, () -> this.slots);
		this.runs.forEach((kind,
				counts) -> counts.forEach((state, count) -> FunctionCounter.builder("jobs.runs", count, LongAdder::sum)
					.description("Runs of jobs by the state of the job after the run")
					.tags("kind", kind, "outcome", state.name().toLowerCase(Locale.ROOT))
					.register(meters)));
	}

	void started() {
		this.running.incrementAndGet();
	}

	void ended() {
		this.running.decrementAndGet();
	}

	/** Counts a run by the state that is stored after it. */
	void count(String kind, JobState after) {
		LongAdder count = this.runs.getOrDefault(kind, Map.of()).get(after);
		if (count != null) {
			count.increment();
		}
	}

}

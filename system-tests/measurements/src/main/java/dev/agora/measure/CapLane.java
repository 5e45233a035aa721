package dev.agora.measure;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import dev.agora.measure.CapSample.Outcome;
import dev.agora.measure.history.Level;

/**
 * A client that reads its own writes at one level, ten times a second: a product, or the
 * feed, which shows whom the client follows. It waits for each response.
 */
final class CapLane implements Callable<List<CapSample>> {

	private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int READS_PER_WRITE = 5;

	private final List<CapSample> samples = new CopyOnWriteArrayList<>();

	private final CapClient client;

	private final CapClock clock;

	CapLane(CapClient client, CapClock clock) {
		this.client = client;
		this.clock = clock;
	}

	@Override
	public List<CapSample> call() throws InterruptedException {
		for (int read = 0; !this.clock.ended.get(); read++) {
			long next = System.nanoTime() + PERIOD;
			if (read % READS_PER_WRITE == 0 && !this.clock.writesPaused.get()) {
				this.client.write();
			}
			sample();
			TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
		}
		return List.copyOf(this.samples);
	}

	private void sample() throws InterruptedException {
		Answer answer = this.client.read();
		if (!answer.isLimited()) {
			this.samples.add(new CapSample(this.clock.store, this.client.object(), this.client.level(),
					(answer.start() - this.clock.start) / 1e9, outcome(answer), (answer.end() - answer.start()) / 1e6));
		}
	}

	private Outcome outcome(Answer answer) {
		if (!answer.isOk()) {
			return Outcome.REFUSED;
		}
		if (this.client.isNewest(answer)) {
			return Outcome.NEWEST;
		}
		return (this.client.level() != Level.EVENTUAL) ? Outcome.BROKEN
				: (answer.age() >= 0) ? Outcome.AGED : Outcome.OLDER;
	}

}

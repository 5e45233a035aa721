package dev.agora.measure;

import java.io.IOException;

/**
 * The average times from the write of a post until Kafka has it and until all feeds have
 * it, as feed-service counts them. An event has a time of whole milliseconds, so they are
 * half a millisecond too long.
 */
final class StageTimes {

	private final Stage sent;

	private final Stage delivered;

	StageTimes(ServiceMetrics metrics) {
		this.sent = new Stage(metrics, "outbox_delay_seconds");
		this.delivered = new Stage(metrics, "feed_freshness_seconds");
	}

	/** Begins an interval. */
	void start() throws IOException, InterruptedException {
		this.sent.add(-1);
		this.delivered.add(-1);
	}

	/** Ends an interval. */
	void stop() throws IOException, InterruptedException {
		this.sent.add(1);
		this.delivered.add(1);
	}

	void print() {
		System.out.printf("on average, from the write to the acknowledgement of Kafka %.2f ms, to all feeds %.2f ms%n",
				this.sent.millis(), this.delivered.millis());
	}

	private static final class Stage {

		private final ServiceMetrics metrics;

		private final String name;

		private double sum;

		private double count;

		Stage(ServiceMetrics metrics, String name) {
			this.metrics = metrics;
			this.name = name;
		}

		void add(int sign) throws IOException, InterruptedException {
			this.sum += sign * this.metrics.sum(this.name + "_sum");
			this.count += sign * this.metrics.sum(this.name + "_count");
		}

		double millis() {
			return this.sum / this.count * 1000;
		}

	}

}

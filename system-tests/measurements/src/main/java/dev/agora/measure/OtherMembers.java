package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Members who read a product while something else happens. */
final class OtherMembers {

	private static final int PER_SECOND = 50;

	private static final int WARM_UP_SECONDS = 3;

	private final URI address;

	private final int seconds;

	/**
	 * Creates a product, and reads it until the code that serves it is compiled.
	 * @param seconds how long a measurement takes
	 */
	OtherMembers(String gateway, int seconds) throws IOException, InterruptedException {
		this.address = URI.create(gateway + new Visitor(gateway).newProduct());
		this.seconds = seconds;
		OpenLoop.run(this.address, PER_SECOND * 4, WARM_UP_SECONDS);
	}

	/**
	 * Returns the 99th percentile of the latency of reads in ms, from the start of some
	 * work.
	 */
	double millisWhile(Work work) throws IOException, InterruptedException {
		CompletableFuture<OpenLoop.Outcome> reads = CompletableFuture
			.supplyAsync(() -> OpenLoop.run(this.address, PER_SECOND, this.seconds));
		work.run();
		OpenLoop.Outcome outcome = reads.join();
		if (outcome.failed() > 0) {
			throw new Problem("Reads of other members failed: " + outcome.failures());
		}
		return outcome.millis(99);
	}

	/** Some work. */
	interface Work {

		void run() throws IOException, InterruptedException;

	}

}

package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads pages through a caching proxy in front of the gateway, as through a CDN. */
final class CachingProxy {

	private static final int READERS = 16;

	private static final int DRAWN = 5_000;

	private CachingProxy() {
	}

	/** Measures which share of the reads the proxy answers on its own. */
	static Outcome measure(Children children, Experiment.Run run, List<String> paths)
			throws IOException, InterruptedException {
		if (!Nginx.isInstalled()) {
			return new Outcome(0, 0, "left out: nginx is not installed, as by apt-get install nginx-light");
		}
		NginxPages nginx = new NginxPages();
		URI proxy = nginx.startCdn(children, URI.create(children.unlimitedGateway(run.system())));
		long before = nginx.statuses().values().stream().mapToLong(Long::longValue).sum();
		try (Readers readers = new Readers(List.of(proxy), Zipf.draw(paths, DRAWN), READERS, BakePasses.GZIP)) {
			TimeUnit.SECONDS.sleep(run.quick() ? 4 : 90);
			if (readers.failures() > 0) {
				throw new Problem(readers.failures() + " reads through the proxy failed.");
			}
		}
		Map<String, Long> statuses = nginx.statuses();
		long all = statuses.values().stream().mapToLong(Long::longValue).sum();
		return new Outcome(all - before, (double) statuses.getOrDefault("HIT", 0L) / all, statuses.toString());
	}

	/**
	 * The outcome of the reads.
	 *
	 * @param reads their number
	 * @param hitRatio the share of the reads that the proxy answered on its own
	 * @param detail the reads by their status in the proxy's cache, or why none was sent
	 */
	record Outcome(long reads, double hitRatio, String detail) {

		String text() {
			return (this.reads > 0) ? "hit ratio %.4f of %d reads".formatted(this.hitRatio, this.reads) : this.detail;
		}

	}

}

package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;

/** An instance of feed-service with a pull threshold of its own, behind a gateway. */
final class FeedInstance implements AutoCloseable {

	static final String SERVICE = "feed-service";

	private final Children children;

	private final RunningSystem.Instance instance;

	private final String gateway;

	/**
	 * Starts both. An author with as many followers as the threshold keeps their state.
	 * @param instances start the instance
	 */
	FeedInstance(RunningSystem system, OwnInstances instances, int threshold) throws IOException, InterruptedException {
		this.children = new Children(Files.createTempDirectory("agora-measure"));
		this.instance = instances.start(this.children, Map.of("FEED_FANOUT_PULLTHRESHOLD", String.valueOf(threshold),
				"FEED_FANOUT_HYSTERESIS", "0", "FEED_RECONCILER_ENABLED", "false"));
		Map<String, String> environment = system.gatewayEnvironment(Children.freePort(), Children.freePort());
		environment.put("AGORA_CLONES_FEEDSERVICE", this.instance.url());
		this.children.jar(system.jar("gateway"), environment);
		this.gateway = "http://127.0.0.1:" + environment.get("SERVER_PORT");
		this.children.awaitReady(URI.create(this.gateway + "/api/v1/products"));
	}

	RunningSystem.Instance instance() {
		return this.instance;
	}

	String gateway() {
		return this.gateway;
	}

	/** Returns the number of its fan-outs. */
	FanOutCount done() {
		return new FanOutCount(this.instance);
	}

	@Override
	public void close() {
		this.children.close();
	}

}

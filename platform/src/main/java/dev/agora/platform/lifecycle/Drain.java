package dev.agora.platform.lifecycle;

import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.context.SmartLifecycle;

/**
 * Delays the stop of a process, which serves requests meanwhile, until no caller sends
 * requests to it. The process is no longer ready, and every response closes its
 * connection. It is the first step of the shutdown, right after Spring Boot has set the
 * readiness to refusing traffic.
 */
public final class Drain implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Drain.class);

	private final DrainSettings settings;

	private volatile boolean running;

	private volatile boolean draining;

	private volatile Sinks.Empty<Void> begun = Sinks.empty();

	public Drain(DrainSettings settings) {
		this.settings = settings;
	}

	/** Completes when the drain begins. Streams end then, so that clients reconnect. */
	public Mono<Void> begun() {
		return Mono.defer(() -> this.begun.asMono());
	}

	/** Returns whether callers should use another instance. */
	public boolean isDraining() {
		return this.draining;
	}

	@Override
	public void start() {
		this.draining = false;
		this.begun = Sinks.empty();
		this.running = true;
	}

	/** Waits on the shutdown thread, which has nothing else to do meanwhile. */
	@Override
	public void stop() {
		this.draining = true;
		this.begun.tryEmitEmpty();
		log.info("Draining for {} ms", this.settings.delay().toMillis());
		try {
			TimeUnit.MILLISECONDS.sleep(this.settings.delay().toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Stops before the listeners and the web server do. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE;
	}

	/** Returns false, since pausing a context does not end the process. */
	@Override
	public boolean isPauseable() {
		return false;
	}

}

package dev.agora.platform.lifecycle;

import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * The first thing that happens when the process is told to end: it goes on serving for a
 * while, no longer ready and with every answer closing its connection, so that no caller
 * still sends it anything when it stops. Readiness itself goes down just before, by
 * Spring Boot.
 */
public final class Drain implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Drain.class);

	private final DrainSettings settings;

	private volatile boolean running;

	private volatile boolean draining;

	public Drain(DrainSettings settings) {
		this.settings = settings;
	}

	/** Whether callers are to go elsewhere. */
	public boolean isDraining() {
		return this.draining;
	}

	@Override
	public void start() {
		this.draining = false;
		this.running = true;
	}

	/** On the thread that ends the process, which nothing else needs meanwhile. */
	@Override
	public void stop() {
		this.draining = true;
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

	/** Before listeners and web server, which stop later. */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE;
	}

	/** A paused context has not been told to end. */
	@Override
	public boolean isPauseable() {
		return false;
	}

}

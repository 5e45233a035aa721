package dev.agora.gateway.access;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.agora.platform.metrics.CapacityMeters;

/**
 * Writes the access log on its own thread, in batches, so that no request waits for a
 * disk. If entries arrive faster than they can be written, the queue fills and further
 * entries are dropped; {@code access.lines.lost} counts them.
 */
public final class AccessLog implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

	private static final long WRITE_INTERVAL_MILLIS = 25;

	private static final int BATCH_BYTES = 64 * 1024;

	private final Queue<AccessLogEntry> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger queued = new AtomicInteger();

	private final int capacity;

	private final JsonMapper json;

	private final Counter lost;

	private final OutputStream out;

	private final ByteArrayOutputStream batch = new ByteArrayOutputStream(BATCH_BYTES);

	private final ScheduledExecutorService writer = new ScheduledThreadPoolExecutor(1,
			new CustomizableThreadFactory("access-log-"));

	private final Future<?> schedule;

	private boolean failing;

	public AccessLog(AccessSettings settings, JsonMapper json, MeterRegistry meters) {
		this.capacity = settings.queueCapacity();
		this.json = json;
		this.lost = meters.counter("access.lines.lost");
		CapacityMeters.register(meters, "access-log-entries", this.queued::get, () -> this.capacity);
		this.out = open(settings.file());
		this.schedule = settings.enabled() ? this.writer.scheduleWithFixedDelay(this::write, WRITE_INTERVAL_MILLIS,
				WRITE_INTERVAL_MILLIS, TimeUnit.MILLISECONDS) : CompletableFuture.completedFuture(null);
	}

	/** Queues an entry, or drops it if the queue is full. */
	void add(AccessLogEntry entry) {
		if (this.queued.incrementAndGet() > this.capacity) {
			this.queued.decrementAndGet();
			this.lost.increment();
			return;
		}
		this.queue.add(entry);
	}

	/** Writes the entries that are still queued. */
	@Override
	public void close() throws IOException {
		this.schedule.cancel(false);
		this.writer.shutdown();
		try {
			if (this.writer.awaitTermination(1, TimeUnit.SECONDS)) {
				write();
				this.out.close();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Writes whole lines at a time, so that other output of the process does not break a
	 * line.
	 */
	private void write() {
		int entries = 0;
		for (AccessLogEntry entry = this.queue.poll(); entry != null; entry = this.queue.poll()) {
			this.queued.decrementAndGet();
			append(entry);
			entries++;
			if (this.batch.size() >= BATCH_BYTES) {
				flush(entries);
				entries = 0;
			}
		}
		flush(entries);
	}

	private void append(AccessLogEntry entry) {
		try {
			this.batch.writeBytes(this.json.writeValueAsBytes(entry));
			this.batch.write('\n');
		}
		catch (JacksonException ex) {
			this.lost.increment();
		}
	}

	private void flush(int entries) {
		try {
			this.batch.writeTo(this.out);
			this.failing = false;
		}
		catch (IOException ex) {
			this.lost.increment(entries);
			if (!this.failing) {
				log.warn("The access log cannot be written, entries are lost: {}", ex.toString());
			}
			this.failing = true;
		}
		this.batch.reset();
	}

	private static OutputStream open(String file) {
		try {
			return file.isEmpty() ? new FileOutputStream(FileDescriptor.out) : new FileOutputStream(file, true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The access log cannot be opened. Check gateway.access.file: " + file, ex);
		}
	}

}

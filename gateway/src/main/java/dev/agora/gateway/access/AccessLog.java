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

/**
 * Writes the lines of the access log on a thread of its own, many at a time. No request
 * waits for a disk: where lines come faster than they can be written for long, some are
 * lost, and {@code access.lines.lost} counts them.
 */
public final class AccessLog implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

	private static final long PAUSE_MILLIS = 25;

	private static final int BATCH_BYTES = 64 * 1024;

	private final Queue<AccessLogEntry> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger length = new AtomicInteger();

	private final int longest;

	private final JsonMapper json;

	private final Counter lost;

	private final OutputStream out;

	private final ByteArrayOutputStream batch = new ByteArrayOutputStream(BATCH_BYTES);

	private final ScheduledExecutorService writer = new ScheduledThreadPoolExecutor(1,
			new CustomizableThreadFactory("access-log-"));

	private final Future<?> writing;

	private boolean failing;

	public AccessLog(AccessSettings settings, JsonMapper json, MeterRegistry meters) {
		this.longest = settings.waiting();
		this.json = json;
		this.lost = meters.counter("access.lines.lost");
		this.out = open(settings.file());
		this.writing = settings.enabled()
				? this.writer.scheduleWithFixedDelay(this::write, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS)
				: CompletableFuture.completedFuture(null);
	}

	/** Takes a line, to be written soon. */
	void add(AccessLogEntry line) {
		if (this.length.incrementAndGet() > this.longest) {
			this.length.decrementAndGet();
			this.lost.increment();
			return;
		}
		this.waiting.add(line);
	}

	/** Writes what still waits. */
	@Override
	public void close() throws IOException {
		this.writing.cancel(false);
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

	/** Whole lines at a time, so that nothing else on standard output comes between. */
	private void write() {
		int lines = 0;
		for (AccessLogEntry line = this.waiting.poll(); line != null; line = this.waiting.poll()) {
			this.length.decrementAndGet();
			append(line);
			lines++;
			if (this.batch.size() >= BATCH_BYTES) {
				flush(lines);
				lines = 0;
			}
		}
		flush(lines);
	}

	private void append(AccessLogEntry line) {
		try {
			this.batch.writeBytes(this.json.writeValueAsBytes(line));
			this.batch.write('\n');
		}
		catch (JacksonException ex) {
			this.lost.increment();
		}
	}

	private void flush(int lines) {
		try {
			this.batch.writeTo(this.out);
			this.failing = false;
		}
		catch (IOException ex) {
			this.lost.increment(lines);
			if (!this.failing) {
				log.warn("The access log cannot be written: {}", ex.toString());
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
			throw new UncheckedIOException("The access log cannot be opened: " + file, ex);
		}
	}

}

package dev.agora.platform.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Provides the parsed content of a small file that may be replaced at any time, such as a
 * mounted secret. The file is read periodically, and its text is compared rather than its
 * time, since a link may be replaced by one to an older file.
 *
 * @param <T> the type of the content
 */
public final class WatchedFile<T> implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);

	private final Path file;

	private final Parser<T> parser;

	private final Disposable checks;

	private String text;

	private String failure = "";

	private volatile T content;

	/**
	 * Reads the file, and again after each interval.
	 * @param parser parses the text of the file
	 * @throws IOException if the file cannot be read now
	 * @throws ParseException if the file cannot be parsed now
	 */
	public WatchedFile(Path file, Duration interval, Parser<T> parser) throws IOException, ParseException {
		this.file = file;
		this.parser = parser;
		this.text = Files.readString(file);
		this.content = parser.parse(this.text);
		this.checks = Flux.interval(interval, Schedulers.boundedElastic())
			.onBackpressureDrop()
			.subscribe((tick) -> readIfChanged());
	}

	/** Returns the content of the last successful read. */
	public T content() {
		return this.content;
	}

	/** Reads the file now, on another thread. */
	public Mono<T> reload() {
		return Mono.fromCallable(this::readIfChanged).subscribeOn(Schedulers.boundedElastic());
	}

	@Override
	public void close() {
		this.checks.dispose();
	}

	/** Reads the file. If that fails, the previous content stays in use. */
	private synchronized T readIfChanged() {
		try {
			String current = Files.readString(this.file);
			if (!current.equals(this.text)) {
				this.content = this.parser.parse(current);
				this.text = current;
				log.info("{} has changed", this.file);
			}
			this.failure = "";
		}
		catch (IOException | ParseException | RuntimeException ex) {
			reportFailure(ex.toString());
		}
		return this.content;
	}

	private void reportFailure(String reason) {
		if (!reason.equals(this.failure)) {
			log.warn("{} cannot be read, so its previous content stays in use: {}", this.file, reason);
			this.failure = reason;
		}
	}

	/**
	 * Parses the text of a file.
	 *
	 * @param <T> the type of the content
	 */
	@FunctionalInterface
	public interface Parser<T> {

		T parse(String text) throws ParseException;

	}

}

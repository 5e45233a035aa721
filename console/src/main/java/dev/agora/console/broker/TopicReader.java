package dev.agora.console.broker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;

/** Reads the topics again and again. An unavailable Kafka delays nothing else. */
public final class TopicReader implements DisposableBean {

	private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final BrokerSettings settings;

	private final AtomicBoolean inFlight = new AtomicBoolean();

	private volatile Topics last = Topics.NONE;

	private volatile @Nullable OffsetClient client;

	public TopicReader(BrokerSettings settings) {
		this.settings = settings;
	}

	/**
	 * Returns the topics of the last reading, and begins the next one.
	 * @return the topics; empty if the console does not connect to Kafka
	 */
	public Optional<Topics> readNext() {
		if (!this.settings.isPresent()) {
			return Optional.empty();
		}
		if (this.inFlight.compareAndSet(false, true)) {
			Disposable unused = read().doFinally((signal) -> this.inFlight.set(false))
				.subscribe((read) -> this.last = read, this::onFailure);
		}
		return Optional.of(this.last);
	}

	private Mono<Topics> read() {
		return Mono.fromCallable(this::client)
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap(OffsetClient::read)
			.timeout(TIMEOUT)
			.map((offsets) -> offsets.toTopics(this.last, System.nanoTime()));
	}

	private OffsetClient client() {
		OffsetClient existing = this.client;
		if (existing != null) {
			return existing;
		}
		OffsetClient created = new OffsetClient(this.settings.clientProperties());
		this.client = created;
		return created;
	}

	private void onFailure(Throwable failure) {
		Topics before = this.last;
		this.last = before.unavailable();
		if (before.available()) {
			LOG.warn("The topics cannot be read, so that the last ones are shown. {}", failure.toString());
		}
	}

	@Override
	public void destroy() {
		OffsetClient open = this.client;
		if (open != null) {
			open.close();
		}
	}

}

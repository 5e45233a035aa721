package dev.agora.platform.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;

import org.springframework.kafka.KafkaException;
import org.springframework.kafka.KafkaException.Level;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * What {@link EventStream} lets through is a store that is away: waits for it, for ever,
 * and takes up what was left soon after it is back.
 */
final class BatchErrorHandler extends DefaultErrorHandler {

	BatchErrorHandler() {
		super(pauses());
	}

	/**
	 * A stop ends the waiting by an exception, without which the batch would be committed
	 * as done. That is no fault to show.
	 */
	@Override
	public void handleBatch(Exception thrown, ConsumerRecords<?, ?> batch, Consumer<?, ?> consumer,
			MessageListenerContainer container, Runnable again) {
		try {
			super.handleBatch(thrown, batch, consumer, container, again);
		}
		catch (KafkaException ex) {
			throw container.isRunning() ? ex : new KafkaException("Stopped while a store is away", Level.DEBUG, ex);
		}
	}

	private static BackOff pauses() {
		ExponentialBackOff pauses = new ExponentialBackOff(200, 2);
		pauses.setMaxInterval(1000);
		return pauses;
	}

}

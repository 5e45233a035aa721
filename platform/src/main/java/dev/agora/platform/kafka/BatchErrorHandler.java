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
 * Repeats a batch until it succeeds. {@link EventStream} lets a failure through only when
 * a store or the brokers are unavailable, so the listener waits for them without a limit
 * and resumes within a second of their return.
 */
final class BatchErrorHandler extends DefaultErrorHandler {

	private static final String STOPPED = "The listener stopped while it waited for a store";

	BatchErrorHandler() {
		super(backOff());
	}

	/**
	 * Repeats the batch. When the container stops meanwhile, the exception keeps the
	 * batch from being committed; as a stop is no fault, it is logged at the debug level.
	 */
	@Override
	public void handleBatch(Exception thrown, ConsumerRecords<?, ?> batch, Consumer<?, ?> consumer,
			MessageListenerContainer container, Runnable invokeListener) {
		try {
			super.handleBatch(thrown, batch, consumer, container, invokeListener);
		}
		catch (KafkaException ex) {
			throw container.isRunning() ? ex : new KafkaException(STOPPED, Level.DEBUG, ex);
		}
	}

	private static BackOff backOff() {
		ExponentialBackOff backOff = new ExponentialBackOff(200, 2);
		backOff.setMaxInterval(1000);
		return backOff;
	}

}

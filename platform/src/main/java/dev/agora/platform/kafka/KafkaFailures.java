package dev.agora.platform.kafka;

import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import reactor.core.Exceptions;

import dev.agora.platform.problem.Unavailable;

/**
 * Decides whether a failure calls for waiting, for another attempt, or for a dead letter.
 */
public final class KafkaFailures {

	private KafkaFailures() {
	}

	/**
	 * The part of the system that a failure is attributed to. Of several failures, the
	 * first of these kinds decides.
	 */
	public enum Kind {

		/** A store or the brokers are unavailable: wait for them without a limit. */
		UNAVAILABLE,

		/** The record itself is at fault and would fail the same way again. */
		OF_RECORD,

		/** Any other failure, most likely a fault of the code: it gets a few attempts. */
		OF_PROGRAM

	}

	public static Kind kind(Throwable failure) {
		Throwable cause = cause(failure);
		if (cause instanceof UnreadableEvent || isRecordAtFault(cause)) {
			return Kind.OF_RECORD;
		}
		// All other exceptions of the Kafka client concern the brokers, the permissions
		// of its user, or its shutdown.
		return (cause instanceof Unavailable || cause instanceof KafkaException) ? Kind.UNAVAILABLE : Kind.OF_PROGRAM;
	}

	public static boolean isUnavailable(Throwable failure) {
		return kind(failure) == Kind.UNAVAILABLE;
	}

	/**
	 * Returns the failure that a future has wrapped. Of several failures, it returns one
	 * of the kind that decides.
	 */
	public static Throwable cause(Throwable failure) {
		boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
		Throwable cause = (wrapped && failure.getCause() != null) ? failure.getCause() : failure;
		return !Exceptions.isMultiple(cause) ? cause
				: Arrays.stream(cause.getSuppressed())
					.map(KafkaFailures::cause)
					.min(Comparator.comparing(KafkaFailures::kind))
					.orElse(cause);
	}

	/**
	 * Describes a failure in one line, with the first frame in the code of this project.
	 */
	public static String describe(Throwable failure) {
		Throwable cause = cause(failure);
		String line = cause.toString().lines().findFirst().orElse("");
		return Arrays.stream(cause.getStackTrace())
			.filter((frame) -> frame.getClassName().startsWith("dev.agora."))
			.findFirst()
			.map((frame) -> line + " at " + frame)
			.orElse(line);
	}

	private static boolean isRecordAtFault(Throwable failure) {
		return failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException
				|| failure instanceof SerializationException || failure instanceof InvalidRecordException
				|| failure instanceof InvalidTimestampException || failure instanceof CorruptRecordException
				|| failure instanceof InvalidConfigurationException;
	}

}

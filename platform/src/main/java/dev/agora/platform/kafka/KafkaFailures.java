package dev.agora.platform.kafka;

import java.util.Arrays;
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

import dev.agora.platform.problem.Unavailable;

/** The one place that decides what a failure of an event or of Kafka means. */
public final class KafkaFailures {

	private KafkaFailures() {
	}

	/** What a failure is a failure of. */
	public enum Kind {

		/** Of a store or of the brokers: wait, however long. */
		UNAVAILABLE,

		/** Of one record, which would fail the same way again. */
		OF_RECORD,

		/** Of the code, as far as anyone can tell: worth a few attempts, no more. */
		OF_PROGRAM

	}

	public static Kind kind(Throwable failure) {
		Throwable cause = cause(failure);
		if (cause instanceof UnreadableEvent || isRefusedForItself(cause)) {
			return Kind.OF_RECORD;
		}
		// What else the client throws is of the brokers, of rights, or of its own end.
		return (cause instanceof Unavailable || cause instanceof KafkaException) ? Kind.UNAVAILABLE : Kind.OF_PROGRAM;
	}

	static boolean isUnavailable(Throwable failure) {
		return kind(failure) == Kind.UNAVAILABLE;
	}

	static Throwable cause(Throwable failure) {
		boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
		return (wrapped && failure.getCause() != null) ? failure.getCause() : failure;
	}

	/** The failure in one line, with the place in our code that it comes from. */
	public static String describe(Throwable failure) {
		String line = failure.toString().lines().findFirst().orElse("");
		return Arrays.stream(failure.getStackTrace())
			.filter((frame) -> frame.getClassName().startsWith("dev.agora."))
			.findFirst()
			.map((frame) -> line + " at " + frame)
			.orElse(line);
	}

	private static boolean isRefusedForItself(Throwable failure) {
		return failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException
				|| failure instanceof SerializationException || failure instanceof InvalidRecordException
				|| failure instanceof InvalidTimestampException || failure instanceof CorruptRecordException
				|| failure instanceof InvalidConfigurationException;
	}

}

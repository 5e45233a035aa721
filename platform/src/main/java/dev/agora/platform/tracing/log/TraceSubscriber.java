package dev.agora.platform.tracing.log;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

import dev.agora.platform.tracing.Trace;

/**
 * Sets the current trace while signals pass, from the context of the subscriber that
 * receives them: they may arrive on any thread, also within the work of another request.
 */
final class TraceSubscriber<T> implements CoreSubscriber<T> {

	private final CoreSubscriber<? super T> actual;

	private final String trace;

	private TraceSubscriber(CoreSubscriber<? super T> actual, String trace) {
		this.actual = actual;
		this.trace = trace;
	}

	/** Wraps a subscriber, unless its context has no trace. */
	static <T> CoreSubscriber<? super T> of(CoreSubscriber<? super T> actual) {
		@Nullable String trace = actual.currentContext().getOrDefault(Trace.PARENT, null);
		return (trace != null) ? new TraceSubscriber<>(actual, trace) : actual;
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		LogTrace.run(this.trace, () -> this.actual.onSubscribe(subscription));
	}

	@Override
	public void onNext(T value) {
		String before = LogTrace.replace(this.trace);
		try {
			this.actual.onNext(value);
		}
		finally {
			LogTrace.replace(before);
		}
	}

	@Override
	public void onError(Throwable failure) {
		LogTrace.run(this.trace, () -> this.actual.onError(failure));
	}

	@Override
	public void onComplete() {
		LogTrace.run(this.trace, this.actual::onComplete);
	}

}

package dev.agora.gateway.resilience;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;
import dev.agora.platform.problem.DeadlineExceeded;

/**
 * Limits an attempt at an instance to the rest of the request's time, until its response
 * begins. All attempts together thus take no longer than the route's time-out, and the
 * load balancer still records which instance was too slow. A stream has no end, so only
 * its beginning is limited.
 */
public final class DeadlineFilter implements GlobalFilter, Ordered, DisposableBean {

	private static final long TICK_MILLIS = 10;

	private final Deadlines deadlines;

	/**
	 * Nearly every time-out is cancelled soon. A timer wheel does that at almost no cost;
	 * Reactor's timers take a lock twice.
	 */
	private final HashedWheelTimer timer = new HashedWheelTimer(new DefaultThreadFactory("deadlines", true),
			TICK_MILLIS, TimeUnit.MILLISECONDS);

	public DeadlineFilter(Deadlines deadlines) {
		this.deadlines = deadlines;
		this.timer.start();
	}

	@Override
	public void destroy() {
		this.timer.stop();
	}

	@Override
	public int getOrder() {
		return FilterOrder.DEADLINE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Duration left = this.deadlines.untilResponse(exchange);
		if (left.isNegative() || left.isZero()) {
			// This is no TimeoutException, since the instance was not called and has not
			// failed.
			return Mono.error(new DeadlineExceeded("The deadline of the request left no time for another attempt."));
		}
		return chain.filter(exchange).timeout(timer(left));
	}

	private Mono<Void> timer(Duration left) {
		return Mono.create((sink) -> {
			Timeout timeout = this.timer.newTimeout((expired) -> Schedulers.parallel().schedule(sink::success),
					left.toNanos(), TimeUnit.NANOSECONDS);
			sink.onCancel(timeout::cancel);
		});
	}

}

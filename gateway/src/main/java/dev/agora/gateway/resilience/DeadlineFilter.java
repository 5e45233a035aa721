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
 * Gives an attempt at a clone what is left of the request's time, until its answer
 * begins. So all attempts together take no longer than the route's time-out, and the
 * choice among the clones still sees which of them was too slow.
 */
public final class DeadlineFilter implements GlobalFilter, Ordered, DisposableBean {

	private static final long TICK_MILLIS = 10;

	private final Deadlines deadlines;

	/**
	 * Nearly every time-out is taken back soon: that costs a wheel next to nothing, and
	 * Reactor's own timers two turns at a lock.
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
		Duration left = this.deadlines.left(exchange);
		if (left == null) {
			return chain.filter(exchange);
		}
		if (left.isNegative() || left.isZero()) {
			// A problem, not a time-out of the clone, which was not asked.
			return Mono.error(new DeadlineExceeded("No time was left for another attempt."));
		}
		return chain.filter(exchange).timeout(after(left));
	}

	private Mono<Void> after(Duration left) {
		return Mono.create((due) -> {
			Timeout timeout = this.timer.newTimeout((late) -> Schedulers.parallel().schedule(due::success),
					left.toNanos(), TimeUnit.NANOSECONDS);
			due.onCancel(timeout::cancel);
		});
	}

}

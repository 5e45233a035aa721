package dev.agora.platform.mongo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import com.mongodb.connection.ServerId;
import com.mongodb.event.ConnectionCheckOutFailedEvent;
import com.mongodb.event.ConnectionCheckOutStartedEvent;
import com.mongodb.event.ConnectionCheckedInEvent;
import com.mongodb.event.ConnectionCheckedOutEvent;
import com.mongodb.event.ConnectionPoolClosedEvent;
import com.mongodb.event.ConnectionPoolListener;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.agora.platform.metrics.CapacityMeters;

/**
 * Measures the connections to the servers of MongoDB, and the operations on them. Each
 * server has a pool, and the fullest counts. Micrometer's own listener would have the
 * random id of the client in a tag, with new values at every start.
 */
public final class MongoConnections implements ConnectionPoolListener, MeterBinder {

	private static final String CONNECTIONS = "mongodb-connections";

	private final int limit;

	/** Each operation takes a connection once. */
	private final LongAdder operations = new LongAdder();

	private final Map<ServerId, Usage> pools = new ConcurrentHashMap<>();

	/**
	 * Creates the meters.
	 * @param limit the maximum number of connections to one server
	 */
	public MongoConnections(int limit) {
		this.limit = limit;
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		CapacityMeters.register(meters, CONNECTIONS, () -> max(Usage::used), () -> this.limit);
		FunctionCounter.builder("mongodb.operations", this.operations, LongAdder::sum).register(meters);
		CapacityMeters.registerWaiting(meters, CONNECTIONS, () -> max(Usage::waiting));
	}

	@Override
	public void connectionCheckOutStarted(ConnectionCheckOutStartedEvent event) {
		of(event.getServerId()).waiting().incrementAndGet();
	}

	@Override
	public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
		Usage pool = of(event.getConnectionId().getServerId());
		pool.waiting().decrementAndGet();
		pool.used().incrementAndGet();
		this.operations.increment();
	}

	@Override
	public void connectionCheckOutFailed(ConnectionCheckOutFailedEvent event) {
		of(event.getServerId()).waiting().decrementAndGet();
	}

	@Override
	public void connectionCheckedIn(ConnectionCheckedInEvent event) {
		of(event.getConnectionId().getServerId()).used().decrementAndGet();
	}

	@Override
	public void connectionPoolClosed(ConnectionPoolClosedEvent event) {
		this.pools.remove(event.getServerId());
	}

	private Usage of(ServerId server) {
		Usage known = this.pools.get(server);
		return (known != null) ? known : this.pools.computeIfAbsent(server, (added) -> new Usage());
	}

	private int max(Function<Usage, AtomicInteger> measure) {
		return this.pools.values().stream().map(measure).mapToInt(AtomicInteger::get).max().orElse(0);
	}

	private record Usage(AtomicInteger used, AtomicInteger waiting) {

		Usage() {
			this(new AtomicInteger(), new AtomicInteger());
		}

	}

}

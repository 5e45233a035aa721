package dev.agora.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Many open streams of one instance, read by one thread, which counts their events. */
final class OpenStreams implements AutoCloseable {

	private static final String HEARTBEAT = ":heartbeat";

	private final Selector selector = Selector.open();

	private final Map<String, Long> counts = new ConcurrentHashMap<>();

	private final Thread reader = new Thread(this::run, "streams");

	private volatile boolean closed;

	OpenStreams() throws IOException {
		this.reader.setDaemon(true);
		this.reader.start();
	}

	/** Opens a stream. */
	void open(int port, String identity) throws IOException {
		SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		String request = "GET /feed/stream HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nX-Agora-Identity: "
				+ identity + "\r\n\r\n";
		channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
		channel.configureBlocking(false);
		channel.register(this.selector, SelectionKey.OP_READ);
		this.selector.wakeup();
	}

	/** Returns the number of received events of a type. */
	long count(String type) {
		return this.counts.getOrDefault("event:" + type, 0L);
	}

	/** Returns the number of received heartbeats. */
	long heartbeats() {
		return this.counts.getOrDefault(HEARTBEAT, 0L);
	}

	/** Returns the number of streams that have ended. */
	long ended() {
		return this.counts.getOrDefault("ended", 0L);
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		for (SelectionKey key : this.selector.keys()) {
			key.channel().close();
		}
		this.selector.close();
	}

	private void run() {
		ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
		while (!this.closed) {
			try {
				// A short wait lets other threads register their channels.
				this.selector.select((key) -> read(key, buffer), 10);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private void read(SelectionKey key, ByteBuffer buffer) {
		try {
			buffer.clear();
			if (((SocketChannel) key.channel()).read(buffer) < 0) {
				key.cancel();
				add("ended");
				return;
			}
			StandardCharsets.UTF_8.decode(buffer.flip())
				.toString()
				.lines()
				.filter((line) -> line.startsWith("event:") || line.startsWith(HEARTBEAT))
				.forEach(this::add);
		}
		catch (IOException ex) {
			key.cancel();
			add("ended");
		}
	}

	private void add(String line) {
		this.counts.merge(line.strip(), 1L, Long::sum);
	}

}

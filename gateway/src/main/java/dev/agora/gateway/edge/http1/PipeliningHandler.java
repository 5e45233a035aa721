package dev.agora.gateway.edge.http1;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Lets the requests of a connection in one after the other. The next is let in once the
 * operating system has all of the answer before it, and the event loop has looked after
 * its other connections. The HTTP server would begin it with the answer's last write,
 * whether or not the client reads, and before anything else that has arrived: a client
 * that sends many requests at once would have the loop for itself.
 */
final class PipeliningHandler extends ChannelDuplexHandler {

	/** With so many messages waiting, no more is read. */
	private static final int MOST_WAITING = 32;

	private final Queue<Object> waiting = new ArrayDeque<>();

	/** Whether a request was let in and is not answered. */
	private boolean busy;

	private boolean answering;

	private boolean paused;

	/** What the server had asked for when reading was paused. */
	private boolean readsByItself;

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.waiting.isEmpty() && !(this.busy && message instanceof HttpRequest)) {
			letIn(context, message);
			return;
		}
		this.waiting.add(message);
		if (this.waiting.size() >= MOST_WAITING) {
			pause(context);
		}
	}

	private void letIn(ChannelHandlerContext context, Object message) {
		this.busy |= message instanceof HttpRequest;
		context.fireChannelRead(message);
	}

	@Override
	public void read(ChannelHandlerContext context) {
		if (!this.paused) {
			context.read();
		}
	}

	private void pause(ChannelHandlerContext context) {
		this.readsByItself |= context.channel().config().isAutoRead();
		this.paused = true;
		context.channel().config().setAutoRead(false);
	}

	private void resume(ChannelHandlerContext context) {
		this.paused = false;
		context.channel().config().setAutoRead(this.readsByItself);
		this.readsByItself = false;
		context.read();
	}

	// Who writes it holds the promise.
	@SuppressWarnings("FutureReturnValueIgnored")
	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		boolean ends = message instanceof LastHttpContent;
		if (message instanceof HttpResponse answer) {
			this.answering = answer.status().codeClass() != HttpStatusClass.INFORMATIONAL;
			ends &= this.answering;
		}
		context.write(message, ends ? promise.unvoid().addListener((sent) -> answered(context)) : promise);
	}

	/** What is scheduled waits until the loop has looked at all its connections. */
	// Nobody waits for it.
	@SuppressWarnings("FutureReturnValueIgnored")
	private void answered(ChannelHandlerContext context) {
		if (this.waiting.isEmpty()) {
			this.busy = false;
		}
		else {
			context.executor().schedule(() -> letNextIn(context), 0, TimeUnit.NANOSECONDS);
		}
	}

	private void letNextIn(ChannelHandlerContext context) {
		this.busy = false;
		Object next = this.waiting.poll();
		while (next != null) {
			letIn(context, next);
			next = (this.waiting.peek() instanceof HttpRequest) ? null : this.waiting.poll();
		}
		context.fireChannelReadComplete();
		if (this.paused && this.waiting.isEmpty()) {
			resume(context);
		}
		else if (this.paused) {
			pause(context);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		discard();
		context.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		discard();
	}

	private void discard() {
		this.waiting.forEach(ReferenceCountUtil::release);
		this.waiting.clear();
	}

}

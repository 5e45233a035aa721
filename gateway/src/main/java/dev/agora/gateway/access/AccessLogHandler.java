package dev.agora.gateway.access;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.access.AccessLogEntry.Outcome;
import dev.agora.gateway.edge.CurrentExchange;
import dev.agora.platform.web.RequestFilter;

/** Sees each answer of one connection leave, and tells the log. */
final class AccessLogHandler extends ChannelDuplexHandler {

	/** As other servers call it: the client closed the connection. */
	private static final int CLIENT_LEFT = 499;

	private final AccessLog log;

	private int status = CLIENT_LEFT;

	private @Nullable String servedBy;

	private long bytes;

	AccessLogHandler(AccessLog log) {
		this.log = log;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		boolean ends = message instanceof LastHttpContent;
		if (message instanceof HttpResponse answer) {
			if (answer.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
				ends = false;
			}
			else {
				this.status = answer.status().code();
				this.servedBy = answer.headers().get(RequestFilter.SERVED_BY);
			}
		}
		this.bytes += length(message);
		if (ends) {
			tell(context.channel(), CurrentExchange.of(context.channel()), false);
		}
		super.write(context, message, promise);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		ServerWebExchange unanswered = CurrentExchange.of(context.channel());
		if (unanswered != null) {
			tell(context.channel(), unanswered, true);
		}
		context.fireChannelInactive();
	}

	private static int length(Object message) {
		return (message instanceof ByteBufHolder holder) ? holder.content().readableBytes()
				: (message instanceof ByteBuf content) ? content.readableBytes() : 0;
	}

	private void tell(Channel channel, @Nullable ServerWebExchange exchange, boolean brokenOff) {
		Outcome outcome = new Outcome(this.status, this.bytes, brokenOff, this.servedBy);
		this.log
			.add((exchange != null) ? AccessLogEntry.of(exchange, outcome) : AccessLogEntry.unread(channel, outcome));
		this.status = CLIENT_LEFT;
		this.servedBy = null;
		this.bytes = 0;
	}

}

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
import dev.agora.platform.web.RequestTimer;

/** Adds an entry to the access log for each response of one connection. */
final class AccessLogHandler extends ChannelDuplexHandler {

	private final AccessLog log;

	private int status = RequestTimer.CLIENT_CLOSED_REQUEST;

	private @Nullable String servedBy;

	private long bytes;

	AccessLogHandler(AccessLog log) {
		this.log = log;
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
		boolean ends = message instanceof LastHttpContent;
		if (message instanceof HttpResponse response) {
			if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
				ends = false;
			}
			else {
				this.status = response.status().code();
				this.servedBy = response.headers().get(RequestFilter.SERVED_BY);
			}
		}
		this.bytes += length(message);
		if (ends) {
			logRequest(context.channel(), CurrentExchange.of(context.channel()), false);
		}
		super.write(context, message, promise);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		ServerWebExchange pending = CurrentExchange.of(context.channel());
		if (pending != null) {
			logRequest(context.channel(), pending, true);
		}
		context.fireChannelInactive();
	}

	private static int length(Object message) {
		return (message instanceof ByteBufHolder holder) ? holder.content().readableBytes()
				: (message instanceof ByteBuf content) ? content.readableBytes() : 0;
	}

	private void logRequest(Channel channel, @Nullable ServerWebExchange exchange, boolean aborted) {
		Outcome outcome = new Outcome(this.status, this.bytes, aborted, this.servedBy);
		this.log.add((exchange != null) ? AccessLogEntry.of(exchange, outcome)
				: AccessLogEntry.ofUnreadRequest(channel, outcome));
		this.status = RequestTimer.CLIENT_CLOSED_REQUEST;
		this.servedBy = null;
		this.bytes = 0;
	}

}

/**
 * Shields other clients from clients that send or read slowly: each request body is
 * received whole, within bounds, before its request uses anything that clients share, and
 * unread responses take bounded memory.
 */
@NullMarked
package dev.agora.gateway.body;

import org.jspecify.annotations.NullMarked;

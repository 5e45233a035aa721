/**
 * What clients send slowly, or read slowly: each request body is received whole, within
 * bounds, before its request takes part in anything that other clients share; responses
 * that are not read take bounded memory.
 */
@NullMarked
package dev.agora.gateway.body;

import org.jspecify.annotations.NullMarked;

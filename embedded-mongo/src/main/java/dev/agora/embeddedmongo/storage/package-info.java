/**
 * The files of the embedded MongoDB: a store of maps that is committed once a second, and
 * a journal that every confirmed write has reached.
 */
@NullMarked
package dev.agora.embeddedmongo.storage;

import org.jspecify.annotations.NullMarked;

package io.github.cdimessages.streams;

import io.github.cdimessages.MessageStream;
import io.github.cdimessages.Messages;
import io.github.cdimessages.OverflowPolicy;
import io.github.cdimessages.testing.Node;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.Test;

/** The rules of Reactive Streams, as their own test kit checks them. */
public class StreamRulesTest extends FlowPublisherVerification<StreamRulesTest.Item> {
    private static final long WAIT_MILLIS = 60_000;
    private static final long SILENCE_MILLIS = 50;
    private static final long POLL_MILLIS = 50;
    private static final long GARBAGE_MILLIS = 2_000;
    private static final int MOST = 200_000;

    public record Item(long number) {}

    private Node node;

    public StreamRulesTest() {
        super(new TestEnvironment(WAIT_MILLIS, SILENCE_MILLIS, POLL_MILLIS), GARBAGE_MILLIS);
    }

    @BeforeClass
    void start() {
        node = Node.with();
    }

    @AfterClass
    void stop() {
        node.close();
    }

    @Override
    public Flow.Publisher<Item> createFlowPublisher(long elements) {
        Messages messages = node.applicationWide();
        MessageStream<Item> stream = open();
        if (elements > MOST) {
            new Thread(() -> postUntilClosed(stream), "poster").start();
            return stream;
        }
        for (long i = 0; i < elements; i++) {
            messages.postMessage("items", new Item(i));
        }
        stream.close();
        return stream;
    }

    /** A stream that has its consumer already. */
    @Override
    public Flow.Publisher<Item> createFailedFlowPublisher() {
        MessageStream<Item> stream = open();
        stream.forEach(item -> {});
        return stream;
    }

    @Override
    public long maxElementsFromPublisher() {
        return Long.MAX_VALUE - 1; // those that never complete
    }

    private void postUntilClosed(MessageStream<Item> stream) {
        for (long i = 0; !stream.isClosed() && node.isRunning(); i++) {
            node.applicationWide().postMessage("items", new Item(i));
        }
    }

    private MessageStream<Item> open() {
        return node.applicationWide().createStream("items", Item.class, MOST, OverflowPolicy.DROP_OLDEST);
    }

    // What follows the kit can't check (untested) or leaves to the publisher (optional: a stream has one subscriber).
    // It
    // would report them as skipped, and a skipped test is a failure here, because elsewhere it hides something.

    @Override
    @Test(enabled = false)
    public void optional_spec111_maySupportMultiSubscribe() {}

    @Override
    @Test(enabled = false)
    public void
            optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfront() {}

    @Override
    @Test(enabled = false)
    public void
            optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected() {}

    @Override
    @Test(enabled = false)
    public void
            optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne() {}

    @Override
    @Test(enabled = false)
    public void optional_spec111_registeredSubscribersMustReceiveOnNextOrOnCompleteSignals() {}

    @Override
    @Test(enabled = false)
    public void optional_spec309_requestNegativeNumberMaySignalIllegalArgumentExceptionWithSpecificMessage() {}

    @Override
    @Test(enabled = false)
    public void untested_spec106_mustConsiderSubscriptionCancelledAfterOnErrorOrOnCompleteHasBeenCalled() {}

    @Override
    @Test(enabled = false)
    public void untested_spec107_mustNotEmitFurtherSignalsOnceOnErrorHasBeenSignalled() {}

    @Override
    @Test(enabled = false)
    public void untested_spec108_possiblyCanceledSubscriptionShouldNotReceiveOnErrorOrOnCompleteSignals() {}

    @Override
    @Test(enabled = false)
    public void untested_spec109_subscribeShouldNotThrowNonFatalThrowable() {}

    @Override
    @Test(enabled = false)
    public void untested_spec110_rejectASubscriptionRequestIfTheSameSubscriberSubscribesTwice() {}

    @Override
    @Test(enabled = false)
    public void untested_spec304_requestShouldNotPerformHeavyComputations() {}

    @Override
    @Test(enabled = false)
    public void untested_spec305_cancelMustNotSynchronouslyPerformHeavyComputation() {}
}

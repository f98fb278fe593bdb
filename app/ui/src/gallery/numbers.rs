//! Figures, tables, small charts.

use crate::*;
use leptos::prelude::*;

pub fn part() -> AnyView {
    let columns = vec![
        Column::new("订单").sorts("#numbers", Some("descending")),
        Column::new("Buyer"),
        Column::new("State"),
        Column::new("Amount").numeric(),
    ];
    let inside = view! {
        <dl class="grid-tiles">
            <Figure label="本月收入" value="¥128,400" note="比上月 +12%"/>
            <Figure label="New learners" value="1,204" note="last 28 days"/>
            <Figure label="完课率" value="41%"/>
            <Figure label="Refunds" value="0.8%"/>
        </dl>
        <Table columns label="Orders">
            <tr>
                <th scope="row"><a href="#numbers">"L-20261121-0042"</a></th>
                <td><Person name="Grace Hopper" size=AvatarSize::Small/></td>
                <td><Badge tone=Tone::Success>"已支付"</Badge></td>
                <td class="num">"¥299.00"</td>
            </tr>
            <tr>
                <th scope="row"><a href="#numbers">"L-20261121-0041"</a></th>
                <td><Person name="周牧" size=AvatarSize::Small/></td>
                <td><Badge tone=Tone::Warning>"待支付"</Badge></td>
                <td class="num">"¥68.00"</td>
            </tr>
        </Table>
        <div class="grid-2">
            <div class="stack">
                <Progress percent=64 label="64%" caption="素材空间" end="6.4 / 10 GB" thick=true/>
            </div>
        </div>
    };
    super::part("numbers", "Numbers", inside.into_any())
}

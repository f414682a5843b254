"""Construction × status: invented sentences with the status and certainty of one event each."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

import pytest
from event_pages import event, page_of, pipeline

from onrecord.model import EventMention, Part, PartKind, Report, Stamp, Status
from onrecord.reading.entities import ENTITIES
from onrecord.reading.events import EVENTS
from onrecord.reading.page import Page
from onrecord.reading.sentences import SENTENCES
from onrecord.reading.statuses import STATUSES
from onrecord.reading.times import TIMES

GRID = """
plain | The envoy visited Tarn. | visited | happened CT+
purpose of no trip | The premier did not travel to Oslan to meet the rebels. | meet | did_not_happen CT-
purpose of a trip | The premier travelled to Oslan to meet the rebels. | meet | planned PS+
headline called off | Norrail strike called off after overnight talks | strike | cancelled CT-
headline postponed | Oskan talks postponed | talks | planned PS+
headline alone | Tram sales dropped in Oskan | sales | happened CT+
headline held | Oskan talks held in Tarn | talks | happened CT+
past within a plan | The council proposed a rule that banned cars in 2019. | banned | happened CT+
free relative within a plan | Keller outlined a plan for what he called a new start. | called | happened CT+
announced plan | The firm announced plans to close the mill. | plans | happened CT+
what is answered | The firm will give out cases in response to growing protests. | protests | happened CT+
what is dealt with | The firm attempted to address reports of leaks. | reports | happened CT+
what is valued | The raid was dangerous. | raid | happened CT+
what is compared | The increase was better than analysts had predicted. | increase | happened CT+
what is struggled with | Tarn has been struggling with protests. | protests | happened CT+
temporal passive | Keller will step down when the merger is completed. | completed | planned CT+
temporal perfect | Keller will step down once the sale has been approved. | approved | planned CT+
passive infinitive of plan | The hearing is to be held in Tarn. | held | planned CT+
passive infinitive announced | The names were announced to be changed. | changed | planned CT+
passive headline | Old ferry to be revived | revived | planned CT+
plain perfect | The envoy has visited Tarn. | visited | happened CT+
plain passive | The envoy was arrested in Tarn. | arrested | happened CT+
plain noun | The attack killed nine soldiers. | attack | happened CT+
progressive present | Police are searching the harbour. | searching | ongoing CT+
progressive perfect | Negotiators have been meeting for weeks. | meeting | ongoing CT+
progressive past | Rebels were shelling the town. | shelling | happened CT+
negation | The envoy did not visit Tarn. | visit | did_not_happen CT-
negation perfect | The envoy has not visited Tarn. | visited | did_not_happen CT-
negation never | The envoy never visited Tarn. | visited | did_not_happen CT-
negation passive | The suspects were not arrested. | arrested | did_not_happen CT-
negated subject | Nobody was arrested in Tarn. | arrested | did_not_happen CT-
negated subject phrase | No soldiers were killed in Tarn. | killed | did_not_happen CT-
negated object | The army fired no rockets. | fired | did_not_happen CT-
neither | Neither side attacked the convoy. | attacked | did_not_happen CT-
without | The envoy left without signing the treaty. | signing | did_not_happen CT-
instead of | The rebels fled instead of attacking the town. | attacking | did_not_happen CT-
not only | The army not only shelled the town but burned it. | shelled | happened CT+
not until | The envoy did not visit Tarn until July. | visit | happened CT+
light verb negated | The ministers did not hold talks. | talks | did_not_happen CT-
light verb | The ministers held talks in Tarn. | talks | happened CT+
light verb future | The ministers will hold talks in Tarn. | talks | planned CT+
will | The envoy will visit Tarn. | visit | planned CT+
will not | The envoy will not visit Tarn. | visit | did_not_happen CT-
going to | The envoy is going to visit Tarn. | visit | planned CT+
is to | The envoy is to visit Tarn. | visit | planned CT+
progressive future | The envoy is visiting Tarn tomorrow. | visiting | planned CT+
present future | The envoy arrives tomorrow. | arrives | planned CT+
would | The envoy would visit Tarn. | visit | expected PR+
would have | The envoy would have visited Tarn. | visited | did_not_happen PR-
may | The envoy may visit Tarn. | visit | possible PS+
might | The envoy might visit Tarn. | visit | possible PS+
could | The envoy could visit Tarn. | visit | possible PS+
may not | The envoy may not visit Tarn. | visit | possible PS-
may have | The envoy may have visited Tarn. | visited | possible PS+
must have | The rebels must have attacked the convoy. | attacked | happened PR+
should have | The army should have attacked the convoy. | attacked | did_not_happen PR-
should | The talks should resume in May. | resume | expected PR+
must | The rebels must release the prisoners. | release | possible Uu
perhaps | Perhaps the rebels attacked the convoy. | attacked | possible PS+
probably | The rebels probably attacked the convoy. | attacked | happened PR+
reportedly | The rebels reportedly attacked the convoy. | attacked | happened PR+
allegedly | The rebels allegedly attacked the convoy. | attacked | happened PR+
almost | The ministers almost signed the treaty. | signed | did_not_happen CT-
if | If the rebels attack the convoy, the talks will end. | attack | possible PS+
unless | Unless the rebels attack the convoy, the talks will continue. | attack | possible Uu
whether | It is unclear whether the rebels attacked the convoy. | attacked | unknown Uu
question | Did the rebels attack the convoy? | attack | unknown Uu
imperative | Release the prisoners. | release | possible Uu
managed to | The envoy managed to visit Tarn. | visit | happened CT+
did not manage | The envoy did not manage to visit Tarn. | visit | did_not_happen CT-
failed to | The envoy failed to visit Tarn. | visit | did_not_happen CT-
did not fail | The envoy did not fail to visit Tarn. | visit | happened CT+
refused to | The rebels refused to release the prisoners. | release | did_not_happen CT-
declined to | The mayor declined to sign the treaty. | sign | did_not_happen CT-
forgot to | The mayor forgot to sign the treaty. | sign | did_not_happen CT-
avoided | The mayor avoided signing the treaty. | signing | did_not_happen CT-
prevented from | Police prevented the marchers from storming the palace. | storming | did_not_happen CT-
prevented noun | Police prevented an attack on the palace. | attack | did_not_happen CT-
foiled noun | Police foiled an attack on the palace. | attack | did_not_happen CT-
forced to | Rebels forced the villagers to flee. | flee | happened CT+
began to | The rebels began to shell the town. | shell | ongoing CT+
began gerund | The rebels began shelling the town. | shelling | ongoing CT+
stopped | The rebels stopped shelling the town. | shelling | happened CT+
did not stop | The rebels did not stop shelling the town. | shelling | ongoing CT+
finished | The rebels finished shelling the town. | shelling | happened CT+
delayed gerund | The mayor delayed signing the treaty. | signing | did_not_happen PR-
plans to | The envoy plans to visit Tarn. | visit | planned CT+
agreed to | The rebels agreed to release the prisoners. | release | planned CT+
decided to | The rebels decided to release the prisoners. | release | planned CT+
promised to | The rebels promised to release the prisoners. | release | planned CT+
vowed to | The rebels vowed to attack the town. | attack | planned CT+
threatened to | The rebels threatened to attack the town. | attack | planned CT+
scheduled to | The envoy is scheduled to visit Tarn. | visit | expected PR+
set to | The trial is set to begin in May. | begin | expected PR+
set to noun | The trial is set to begin in May. | trial | expected PR+
expected to | The envoy is expected to visit Tarn. | visit | expected PR+
likely to | The envoy is likely to visit Tarn. | visit | expected PR+
unlikely to | The envoy is unlikely to visit Tarn. | visit | did_not_happen PR-
unable to | The envoy was unable to visit Tarn. | visit | did_not_happen CT-
wants to | The envoy wants to visit Tarn. | visit | planned Uu
intends to | The envoy intends to visit Tarn. | visit | planned Uu
hopes to | The envoy hopes to visit Tarn. | visit | possible Uu
is hoping to | The envoy is hoping to visit Tarn. | visit | possible Uu
willing to | The rebels are willing to release the prisoners. | release | possible Uu
tried to | The rebels tried to attack the town. | attack | possible PS+
urged to | The mayor urged the rebels to release the prisoners. | release | possible Uu
asked to | The mayor asked the rebels to release the prisoners. | release | possible Uu
call for | The mayor called for a ceasefire. | ceasefire | possible Uu
unclear why | It is unclear why the bus stopped. | stopped | happened CT+
unclear whether | It is unclear whether the bus stopped. | stopped | unknown Uu
wondered why | She wondered why the bus stopped. | stopped | happened CT+
unclear what | It is unclear what caused the driver to leave the road. | leave | happened CT+
unclear when | It is unclear when the army will attack the town. | attack | planned CT+
decided against | The owners decided against selling the mill. | selling | did_not_happen CT-
voted against | The board voted against closing the mill. | closing | possible PS-
ruled out | The general ruled out sending troops. | sending | did_not_happen CT-
did not rule out | The general did not rule out sending troops. | sending | possible PS+
not ruled out | Investigators have not ruled out an explosion. | explosion | possible PS+
cannot be ruled out | An attack cannot be ruled out. | attack | possible PS+
file for | The widow filed for divorce on Monday. | divorce | possible Uu
file for bankruptcy | The ferry line filed for bankruptcy on Monday. | bankruptcy | happened CT+
brought about | The merger will be completed in May. | merger | planned CT+
brought about, negated | The vote was not held on Monday. | vote | did_not_happen CT-
is to be held | The hearing is to be held in May. | hearing | planned CT+
plan completed | The plan will be completed in May. | plan | happened CT+
would be | The collapse of the mill would be a blow. | collapse | possible PS+
would bring | The merger would create 400 jobs. | merger | possible PS+
would end | The trip would end a long freeze. | trip | possible PS+
would begin | The talks would begin on Monday. | talks | expected PR+
eventual | The eventual appeals court ruling could decide the case. | ruling | possible PS+
occasion ahead | The minister will attend the funeral on Friday. | funeral | planned CT+
occasion not attended | The minister will not attend the summit. | summit | planned CT+
occasion spoken at | The minister will speak at the rally on Friday. | rally | planned CT+
occasion past | The minister attended the funeral on Friday. | funeral | happened CT+
journey ahead | The envoy will leave on a visit on Friday. | visit | planned CT+
journey past | The envoy left on a visit on Friday. | visit | happened CT+
due to | Ships waited for days due to the storm. | storm | happened CT+
sue for | The tenant sued for divorce. | divorce | possible Uu
demand noun | The rebels demanded an apology. | apology | possible Uu
considered | The mayor considered signing the treaty. | signing | possible PS+
purpose | The army crossed the river to attack the town. | attack | planned PS+
said that | The mayor said that rebels attacked the town. | attacked | happened CT+
said will | The mayor said rebels will attack the town. | attack | planned CT+
said would | The mayor said rebels would attack the town. | attack | expected PR+
said did not | The mayor said rebels did not attack the town. | attack | did_not_happen CT-
denied that | The mayor denied that rebels had attacked the town. | attacked | did_not_happen CT-
denied gerund | The mayor denied attacking the town. | attacking | did_not_happen CT-
denied word itself | The mayor denied the report that rebels had attacked the town. | report | happened CT+
denied allegations | The mayor rejected allegations of fraud. | allegations | happened CT+
denied allegations of | The mayor rejected allegations of fraud. | fraud | did_not_happen PR-
dismissed concerns | The company dismissed concerns that the wreckage could hit houses. | concerns | happened CT+
no reports of | There were no reports of injuries. | injuries | did_not_happen PR-
not stopped | The flood did not stop the festival. | festival | happened CT+
not halted | Police did not halt the march. | march | happened CT+
not prevented | The rain did not prevent the ceremony. | ceremony | happened CT+
not blocked | The court did not block the merger. | merger | possible PS+
nothing wrong with | There was nothing wrong with the vote. | vote | happened CT+
nothing like | Nothing like the explosion had been seen in the town before. | explosion | happened CT+
never like it | The nurse had never seen a recovery like it. | recovery | happened CT+
almost dead | He was almost dead when the doctors came. | dead | did_not_happen CT-
denied report | The mayor denied the report that rebels had attacked the town. | attacked | did_not_happen CT-
believes | The mayor believes that rebels attacked the town. | attacked | happened PR+
does not believe | The mayor does not believe that rebels attacked the town. | attacked | did_not_happen PR-
doubts | The mayor doubts that rebels attacked the town. | attacked | possible PS-
regretted that | The mayor regretted that rebels attacked the town. | attacked | happened CT+
did not regret | The mayor did not regret that rebels attacked the town. | attacked | happened CT+
knows | The mayor knows that rebels attacked the town. | attacked | happened CT+
confirmed that | The mayor confirmed that rebels attacked the town. | attacked | happened CT+
fears | The mayor fears that rebels attacked the town. | attacked | possible PS+
cancelled noun | The mayor cancelled the visit. | visit | cancelled CT-
called off | The union called off the strike. | strike | cancelled CT-
postponed noun | The mayor postponed the visit. | visit | planned PS+
noun cancelled | The visit was cancelled. | visit | cancelled CT-
planned adjective | The planned visit drew criticism. | visit | planned PR+
upcoming adjective | Officials prepared for the upcoming summit. | summit | planned CT+
alleged adjective | The alleged attack shocked the town. | attack | happened PR+
possible adjective | Officials spoke of a possible attack. | attack | possible PS+
cancelled adjective | The cancelled visit drew criticism. | visit | cancelled CT-
foiled adjective | The foiled attack shocked the town. | attack | did_not_happen CT-
no noun | There was no attack on the town. | attack | did_not_happen CT-
after noun | The envoy left after the attack. | attack | happened CT+
criticised noun | The mayor condemned the attack. | attack | happened CT+
did not condemn | The mayor did not condemn the attack. | attack | happened CT+
after gerund | The envoy left after signing the treaty. | signing | happened CT+
accused of | The mayor accused rebels of attacking the town. | attacking | happened PR+
headline infinitive | President to visit Tarn | visit | planned CT+
headline present | President visits Tarn | visits | happened CT+
plan noun | The plan to attack the town failed. | attack | planned CT+
threat noun | The threat of an attack worried residents. | attack | possible PS+
possibility noun | Officials discussed the possibility of a strike. | strike | possible PS+
failure noun | His failure to sign the treaty angered allies. | sign | did_not_happen CT-
refusal noun | Her refusal to meet the rebels angered allies. | meet | did_not_happen CT-
attempt noun | An attempt to storm the palace failed. | storm | possible PS+
event to be held | Officials announced a summit to be held in May. | summit | planned CT+
possible that | It is possible that rebels attacked the town. | attacked | possible PS+
true that | It is true that rebels attacked the town. | attacked | happened CT+
before gerund real | The envoy met reporters before leaving Tarn. | leaving | happened CT+
coordinated modal | The company will close the plant and dismiss workers. | dismiss | planned CT+
coordinated past | The army shelled the town and burned the mill. | burned | happened CT+
relative clause | The soldiers who attacked the town fled. | attacked | happened CT+
can | Members can visit the archive. | visit | ongoing CT+
occurrence phrase negated | The march did not take place. | march | did_not_happen CT-
yet to | The ministry has yet to publish the report. | publish | did_not_happen CT-
no longer | The region no longer imports grain. | imports | did_not_happen CT-
not true | It is not true that the bridge collapsed. | collapsed | did_not_happen CT-
not clear | It is not clear that the rebels attacked the town. | attacked | unknown Uu
not a | Not a single protester was arrested. | arrested | did_not_happen CT-
softly negated | The rebels rarely attacked the town. | attacked | did_not_happen PR-
could not | The firefighters could not save the mill. | save | did_not_happen CT-
being done | Food is being distributed in the camp. | distributed | ongoing CT+
even if | Even if the senate vetoes the bill, the minister will stay. | vetoes | possible PS+
event of | The governor would resign in the event of a defeat. | defeat | possible PS+
if had | If the pilot had landed, the crew would have survived. | landed | did_not_happen PR-
wish had | Villagers wish the army had defended the bridge. | defended | did_not_happen PR-
ought to have | The bank ought to have fired the director. | fired | did_not_happen PR-
known if | It was not known if the minister had resigned. | resigned | unknown Uu
who question | Who attacked the convoy? | attacked | happened CT+
why question | Why was the editor arrested? | arrested | happened CT+
would like to | The envoy would like to visit Tarn. | visit | possible Uu
about to | The king is about to abdicate. | abdicate | expected PR+
came close to | The army came close to capturing the town. | capturing | did_not_happen CT-
hesitated | The king hesitated to sign the treaty. | sign | did_not_happen PR-
did not hesitate | The king did not hesitate to sign the treaty. | sign | happened CT+
abandoned plans | Plans for an invasion were abandoned. | invasion | cancelled CT-
act rejected | The court dismissed the complaint. | complaint | happened CT+
announced would | The council announced that it would open a school in Tarn. | open | planned CT+
said would of one's own | The army said on Monday that it would withdraw from Tarn. | withdraw | planned CT+
confirmed would | The union confirmed that miners would strike in Tarn. | strike | planned CT+
promised would | The mayor promised that the council would rebuild the bridge. | rebuild | planned CT+
would of one's own state | The ministry of Velka said that Velka's army would leave the town. | leave | planned CT+
would of one's own coordinate | The firm said it would close the mill and dismiss workers. | dismiss | planned CT+
would before its cue | The council would rebuild the bridge, it announced. | rebuild | planned CT+
would of a plan | The plan under which Velka would send troops to Tarn was approved. | send | planned CT+
would under a plan | Velka would send troops to Tarn under the plan. | send | planned CT+
said would of weather | Keller said that the rain would stop. | stop | expected PR+
said would if | He said that if the rebels surrendered he would release the prisoners. | release | possible PS+
announced would like | The firm announced it would like to close the mill. | close | possible Uu
would no longer | The mayor would no longer visit Tarn. | visit | cancelled CT-
will not after all | The mayor will not visit Tarn after all. | visit | cancelled CT-
will no longer of a habit | The country will no longer import grain. | import | did_not_happen CT-
no longer plans | The mayor no longer plans to visit Tarn. | visit | cancelled CT-
nobody foresaw | Nobody had foreseen the attack. | attack | happened CT+
was not foreseen | The attack was not foreseen by anyone. | attack | happened CT+
does not expect noun | Analysts do not expect the merger. | merger | did_not_happen PR-
in preparation | The summit had been in preparation for months. | summit | planned CT+
planning stage | The raid is still in the planning stage. | raid | planned CT+
preparations for | Preparations for the summit were under way. | summit | planned CT+
fire did not break out | A fire did not break out at the mill. | fire | did_not_happen CT-
a flood did not reach | A flood did not reach the mill. | flood | did_not_happen PR-
the flood did not reach | The flood did not reach the mill. | flood | happened CT+
explained by a colon | The rally is cancelled, Keller said: dockers will not march in Tarn. | march | cancelled CT-
a refusal is no calling off | Keller was blunt: dockers will not march in Tarn. | march | did_not_happen CT-
no longer hold a vote | The senate would no longer hold a vote on the budget. | vote | cancelled CT-
did not come for talks | Keller did not come to Tarn for talks with Aldra. | talks | did_not_happen PR-
came for talks | Keller came to Tarn for talks with Aldra. | talks | happened CT+
report withdrawn | The agency withdrew its report that rebels had attacked Tarn. | attacked | did_not_happen CT-
demanded that | The senate demanded that Keller resign. | resign | possible Uu
name of a plan | The port will cut posts under a plan called Second Wind. | called | happened CT+
part of a plan | The port will cut 300 posts as part of a plan to save the docks. | plan | happened CT+
end of that plan | The port will cut 300 posts as part of a plan to save the docks. | save | planned CT+
step to a deed | This is a necessary step to rebuild the harbour. | rebuild | possible Uu
hope for a deed | Keller said there was some hope for the mill to reopen. | reopen | possible Uu
first to do | She was the first woman to lead the bank. | lead | happened CT+
largest to do | The largest ship to dock at Tarn arrived on Monday. | dock | happened CT+
first to do later | She would be the first to resign. | resign | expected PR+
chance of a deed | The bank has an option to buy the mill. | buy | possible PS+
what is not afforded | Oskan cannot afford another strike. | strike | possible PS+
negated condition | If the price is not agreed by June, the mill will close. | agreed | possible Uu
rival overtaken | The line overtook its rival to become the largest in Oskan. | become | happened CT+
lately done | Orders of the recently announced ferry began on Tuesday. | announced | happened CT+
means used | Drones were used to attack the base. | attack | happened CT+
means used by someone | The army used drones to attack the base. | attack | happened CT+
means that could be used | The army could use drones to attack the base. | attack | possible PS+
means planned | The bank plans to use the money to buy the mill. | buy | planned CT+
means not used | Police did not use force to enter the hall. | enter | unknown Uu
announced in writing | Keller, the head of Oskan, said in an internal memo that she would resign. | resign | planned CT+
past habit | The rebels used to attack convoys. | attack | happened CT+
banned gerund | The law bans shops from selling fireworks. | selling | possible Uu
banned noun | The council has banned transfers of oil at sea. | transfers | possible Uu
noun banned | The sale of ivory is banned in Velka. | sale | possible Uu
would prohibit | A bill would prohibit the use of robots in schools. | use | possible Uu
treaty bars | The treaty bars the island from importing gas. | importing | possible Uu
ban noun | A ban on exports of timber took effect on Monday. | exports | possible Uu
one march banned | Police banned the march. | march | did_not_happen CT-
kept from | Guards prevented Keller from leaving the hall. | leaving | did_not_happen CT-
a limit is no halt | Mills cannot export more than two tons a year. | export | ongoing PR+
never allows | The firm never allows its ships to carry arms. | carry | possible Uu
a reward | Police offered a reward for information leading to the arrest of Keller. | arrest | possible PS+
what a tip led to | The tip led to the arrest of two men. | arrest | happened CT+
what did not nearly fail | The mayor denied that the talks had been close to collapse. | talks | happened CT+
foiled attempt | Guards foiled an attempt to blow up the bridge. | attempt | happened CT+
what a foiled attempt was for | Guards foiled an attempt to blow up the bridge. | blow | did_not_happen CT-
plot foiled | The plot to kill Keller was foiled. | plot | happened CT+
foiled intention | The frigate foiled their intention of attacking a tanker. | attacking | did_not_happen CT-
motion denied | The court denied the motions on Friday. | motions | happened CT+
what a rejected request was for | A judge rejected the request to unseal the letters. | unseal | possible PS-
rejected proposal | The council rejected a proposal to close the port. | close | possible PS-
bid not accepted | The bid was not accepted by the court. | bid | happened CT+
cannot help but | The strike cannot help but affect the harvest. | affect | happened CT+
not that way | The season has not played out that way. | played | happened PR+
not well | The decision did not go down well in Tarn. | go | happened PR+
not long | Keller never spoke longer than ten minutes. | spoke | happened PR+
not alone | The army did not attack the town alone. | attack | happened PR+
not so far | The envoy has not visited Tarn so far. | visited | did_not_happen CT-
not as well | The envoy did not visit Tarn as well. | visit | did_not_happen CT-
not by chance | Velka did not win the war by accident. | win | happened PR+
not much | The party has not spent much on posters. | spent | happened PR+
not many | The town did not grant many permits. | grant | happened PR+
not all | The rebels did not release all the prisoners. | release | possible PS+
not necessarily | The vote does not necessarily lead to a strike. | strike | possible PS+
not fully | The rebels have not fully withdrawn. | withdrawn | possible PS+
not normally | The valley does not normally flood. | flood | possible PS+
not automatically, ahead | Velka will not automatically defend Tarn. | defend | possible PS+
no gain seen | Analysts do not see much growth. | growth | did_not_happen PR-
not until, ahead | The names will not be released until May. | released | planned CT+
not until, ahead, a clause | The names will not be released until the families have been told. | released | planned PS+
negative imperative | Don't shoot the prisoners. | shoot | possible PS-
negative imperative quoted | "Don't shoot the prisoners," Keller said. | shoot | possible PS-
negative imperative after a condition | If Keller comes, don't shoot. | shoot | possible PS-
no imperative | They feel that zoos help and, more importantly, don't hurt the animals. | hurt | did_not_happen PR-
should not | Voters should not lose their seats. | lose | possible PS-
fool not to | Keller would be a fool not to prepare for it. | prepare | possible PS-
cannot, of anyone | No one can be held as a slave. | held | possible PS-
you cannot | You can't use such bombs. | use | possible PS-
cannot, of someone | The doctors cannot save the king. | save | did_not_happen CT-
may not have | The firm may not have paid the tax. | paid | possible PS-
could not have | The pilot could not have seen the ship. | seen | did_not_happen PR-
escaped the bombardment | Thousands escaped the bombardment. | bombardment | happened CT+
missed the funeral | Keller missed the funeral. | funeral | happened CT+
avoided an accident | The pilot avoided an accident. | accident | did_not_happen CT-
charged with an attempt | Keller was charged with attempted murder. | murder | happened PR+
attempted, no charge | The attempted murder shocked the town. | murder | did_not_happen CT-
crisis to be reversed | The group wants to reverse the housing crisis. | crisis | happened CT+
view of what happened | The film does not include a view of the shooting. | shooting | happened CT+
cannot without | Keller cannot answer a question without insulting a rival. | insulting | happened PR+
without as condition | Without changing the rules, the league risks a strike. | changing | possible Uu
without after a comma | The army did not attack, without giving a reason. | giving | did_not_happen CT-
not sure that | Keller is not sure that rebels attacked the town. | attacked | unknown Uu
sure that | Keller is sure that rebels attacked the town. | attacked | happened PR+
sure to | Keller is sure to win the vote. | win | expected PR+
clausal subject, past | Leaving the union was not a mistake. | Leaving | happened CT+
clausal subject, present | Fixing the dam is not the answer. | Fixing | possible PS+
clausal subject, would | Attacking the ports would not be wise. | Attacking | possible PS+
clausal subject of a verb | Cutting taxes did not help the poor. | Cutting | happened CT+
under attack | The child was not under attack. | attack | did_not_happen CT-
time before the verb | On seeing the smoke, the crew abandoned its search. | seeing | happened CT+
not judged | The mayor does not judge what voters choose. | choose | happened CT+
not made public | Results of the test have not been released. | Results | happened CT+
reluctant | Sailors have been reluctant to detain suspects. | detain | possible PS-
not easy to | It is not easy to leave the party. | leave | possible PS-
chance not missed | Keller never missed a chance to attack the army. | attack | happened CT+
reason to | The army had a reason to attack the town. | attack | possible Uu
reason why | The storm was the reason for Keller to cancel the visit. | cancel | happened CT+
statement not in line | Her statement was not in line with the law. | statement | happened CT+
sentence after a dash | Velka will win the cup — it won't be close. | win | planned CT+
nothing and | The mayor did nothing and the roof collapsed. | collapsed | happened CT+
nothing and more of the same | The mayor offered no proof and left the hall. | left | happened CT+
apostrophe lost | The rebels didnt attack the town. | attack | did_not_happen CT-
apostrophe torn off | The rebels didn’ t attack the town. | attack | did_not_happen CT-
cannot be an answer | War cannot be the answer. | War | possible PS+
as it does | The loss could grow as the firm pays its debts. | pays | happened CT+
what is reduced | The firm plans to reduce losses. | losses | happened CT+
what is fought | Keller fought fires in Tarn. | fires | happened CT+
what is fought off in court | Keller fought extradition. | extradition | possible PS+
cost to build | The bridge cost a million to build. | build | happened CT+
cost to join | The course costs 90 crowns to join. | join | ongoing CT+
is said to | The new ferry is said to carry 400 cars. | carry | happened PR+
is reported to have | The envoy is reported to have fled to Tarn. | fled | happened PR+
insisted that one agree | The owners insisted that the union agree to sign a truce. | agree | possible Uu
insisted that one agree to | The owners insisted that the union agree to sign a truce. | sign | planned Uu
adjective of a plan | The minister explained his proposed reform. | proposed | happened CT+
long awaited | The long-awaited vote is near. | awaited | happened CT+
planned talks held | The planned talks were held in Tarn. | talks | happened CT+
planned visit took place | The planned visit took place on Monday. | visit | happened CT+
next attack killed | The next attack killed four soldiers. | attack | happened CT+
next round ahead | Keller announced the next round of talks. | talks | planned PR+
concern over | The port rebuilt the quay after concern over the ferry's landing. | landing | happened CT+
plan that failed to pass | A plan to ban mines failed to pass the council. | ban | did_not_happen PR-
bill that was defeated | The bill to ban mines was defeated. | ban | did_not_happen PR-
looks certain | A strike looks certain. | strike | expected PR+
seems unlikely | A ceasefire seems unlikely. | ceasefire | did_not_happen PR-
steps to prevent | The ministry took steps to prevent a strike. | strike | possible Uu
effort to evade | The firm closed two yards in an effort to evade bankruptcy. | bankruptcy | possible Uu
may stop | The firm may stop selling weapons. | selling | ongoing CT+
asked to stop | The envoy asked the army to stop shelling Tarn. | shelling | ongoing CT+
stop an attack | The army tried to stop an attack. | attack | possible PS+
no attempt to stop | Guards made no attempt to stop the riot. | riot | happened CT+
filed for bankruptcy protection | The firm has filed for bankruptcy protection. | bankruptcy | happened CT+
protection filed for | The firm filed for bankruptcy and protection from its creditors. | protection | possible Uu
has to | The army has to withdraw from Tarn. | withdraw | possible Uu
had to | The army had to withdraw from Tarn. | withdraw | happened CT+
has had to | The army has had to withdraw. | withdraw | happened CT+
will have to | The army will have to withdraw. | withdraw | planned CT+
does not have to | The army does not have to withdraw. | withdraw | unknown Uu
did not have to | The army did not have to withdraw. | withdraw | did_not_happen PR-
will not have to | The army will not have to withdraw. | withdraw | did_not_happen PR-
what has to be stopped | The strike has to be stopped. | strike | happened CT+
what has to be held | The vote has to be held in May. | vote | possible Uu
a second bidding | Wait for an hour, then release the prisoners. | release | possible Uu
hope without who hopes | Hope the strike ends soon. | Hope | happened CT+
a letter read | "The ferry will sink," read one letter from the captain. | read | happened CT+
one's own mind in a question | I think the ferry sank, right? | think | ongoing CT+
what has to end | The strike has to end. | strike | ongoing CT+
what should end | The strike should end. | strike | ongoing CT+
what is to be settled | The mayor wants to settle the dispute. | dispute | happened CT+
what must be resolved | The conflict must be resolved by the parties. | conflict | happened CT+
was supposed to | The envoy was supposed to meet the rebels. | meet | planned PS+
is supposed to | The envoy is supposed to arrive on Friday. | arrive | expected PR+
was not supposed to | The ferry was not supposed to sail. | sail | possible PS-
was meant to | The envoy was meant to visit Tarn. | visit | planned PS+
was to have | The deal was to have been signed in May. | deal | did_not_happen PR-
has got to | The court has got to release the men. | release | possible Uu
had better | The police had better arrest him. | arrest | expected PR+
stopped short of | The rebels stopped short of seizing the port. | seizing | did_not_happen CT-
all but | The rebels all but seized the port. | seized | did_not_happen CT-
the right to | The firm won the right to buy the mill. | buy | possible PS+
the power to | The king has the power to dissolve parliament. | dissolve | possible PS+
permission to | The judge gave police permission to search the house. | search | possible PS+
no right to | The firm has no right to sell the mill. | sell | did_not_happen PR-
authorised to | The council authorised the firm to sell the mill. | sell | possible PS+
is able to | The army is able to attack. | attack | ongoing CT+
was able to | The army was able to leave. | leave | happened CT+
will be able to | The mayor will be able to leave. | leave | planned CT+
on trial for | Two men are on trial for attacking a guard. | attacking | happened PR+
arrested for | The men were arrested for attacking a guard. | attacking | happened PR+
jailed for | Two men were jailed for attacking a guard. | attacking | happened CT+
an untrue claim | The claim that he stole the ship is untrue. | stole | did_not_happen CT-
a claim that is untrue | The claim that he stole the ship is untrue. | claim | happened CT+
on the brink of | The talks were on the brink of collapse. | collapse | expected PR+
braced for | The town braced for a flood. | flood | possible PS+
urged against | The mayor urged against closing the port. | closing | possible PS-
workers who | Workers who strike will be fired. | strike | possible PS+
anyone who | Anyone who attacks the convoy will be shot. | attacks | possible PS+
those who did | The men who robbed the bank will be tried. | robbed | happened CT+
no evidence that | There is no evidence that the army attacked Tarn. | attacked | unknown Uu
evidence that | There is evidence that the army attacked Tarn. | attacked | happened CT+
little doubt that | There is little doubt that the army attacked Tarn. | attacked | happened PR+
little hope of | There is little hope of a truce. | truce | possible PS-
cannot confirm that | The mayor cannot confirm that the dam broke. | broke | unknown Uu
confirmed that it broke | The mayor confirmed that the dam broke. | broke | happened CT+
far from | Far from attacking the town, the rebels left. | attacking | did_not_happen CT-
reversed decision | The firm reversed its decision to close the mill. | close | cancelled CT-
bill voted down | The parliament voted down a bill to ban mines. | ban | did_not_happen PR-
fell through | The sale of the mill fell through. | sale | cancelled CT-
voted to | The parliament voted to ban mines. | ban | planned CT+
did not vote to | The council did not vote to ban mines. | ban | did_not_happen PR-
signs of | The market shows signs of growth. | growth | happened CT+
no sign of | There is no sign of a truce. | truce | unknown Uu
beside capacity | The mill brought its capacity in line with demand. | demand | happened CT+
capacity to | The army has the capacity to attack. | attack | possible PS+
"""
CASES = [tuple(part.strip() for part in line.split("|")) for line in GRID.strip().splitlines()]


@lru_cache(maxsize=256)
def read(text: str, anchor: str) -> EventMention:
    return event(page_of(text), anchor)


@pytest.mark.parametrize(("name", "text", "anchor", "expected"), CASES, ids=[c[0] for c in CASES])
def test_status_and_certainty(name: str, text: str, anchor: str, expected: str) -> None:
    found = read(text, anchor)
    assert f"{found.status.value} {found.certainty.value}" == expected, name


def test_the_grid_is_large_enough() -> None:
    assert len(CASES) >= 120
    assert len({c[0] for c in CASES}) == len(CASES)


@pytest.mark.parametrize(
    ("text", "anchor", "ahead"),
    [
        ("The envoy may visit Tarn.", "visit", True),
        ("The envoy will visit Tarn.", "visit", True),
        ("The envoy hopes to visit Tarn.", "visit", True),
        ("The envoy visited Tarn.", "visited", False),
        ("The envoy did not visit Tarn.", "visit", False),
        ("The envoy can visit the archive.", "visit", False),
    ],
)
def test_what_lies_ahead_is_marked(text: str, anchor: str, ahead: bool) -> None:
    assert read(text, anchor).future is ahead


def test_factuality_orders_what_is_told() -> None:
    sentences = (
        "The envoy did not visit Tarn.",
        "The envoy may visit Tarn.",
        "The envoy will visit Tarn.",
        "The envoy visited Tarn.",
    )
    numbers = [next(e for e in page_of(s).events if e.lemma == "visit").factuality for s in sentences]
    assert numbers == sorted(numbers) and len(set(numbers)) == 4
    assert all(-3 <= n <= 3 for n in numbers)


@pytest.mark.parametrize(
    ("text", "anchor", "status"),
    [
        ("Keller will tour Tarn. An aide declined to discuss the tour.", "tour", "planned"),
        ("Keller plans to meet Aldra. The meeting drew criticism.", "meeting", "planned"),
        (
            "Keller will meet Aldra. Sorn denied that Keller would meet Aldra. An aide gave no place for the meeting.",
            "meeting",
            "planned",
        ),
        ("Keller met Aldra in May. The meeting drew criticism.", "meeting", "happened"),
        (
            "Keller will visit Tarn. Sorn denied that a trip to Tarn was planned. An aide spoke of the trip.",
            "trip",
            "planned",
        ),
        ("Dockers will walk out in Tarn. Their union kept silent about the strike.", "strike", "planned"),
        ("Keller will meet Aldra. After the meeting, the envoy left.", "meeting", "happened"),
        ("Keller plans to meet Aldra. The meeting ended early.", "meeting", "happened"),
        ("Keller called off the visit to Tarn. An aide gave no details of the visit.", "visit", "cancelled"),
        ("Keller will tour Velka. An aide gave no details of the trip to Tarn.", "trip", "planned"),
        ("Keller is to meet Aldra. Keller will tour Tarn in May. An aide welcomed the visit.", "visit", "planned"),
        ("Keller met Aldra. Sorn will phone Keller. An aide welcomed the visit.", "visit", "happened"),
    ],
)
def test_a_noun_that_takes_up_a_plan_shares_its_status(text: str, anchor: str, status: str) -> None:
    found = [e for e in page_of(text).events if e.anchor.text == anchor]
    assert found and found[-1].status.value == status


def test_a_headline_s_noun_takes_up_a_plan_without_an_article() -> None:
    first, second = "Keller to meet Aldra in May", "Office confirms visit after days of doubt"
    text = f"{first}\n{second}\n\nDockers loaded the ferry."
    parts = (
        Part(PartKind.HEADLINE, 0, len(first)),
        Part(PartKind.STANDFIRST, len(first) + 1, len(first) + 1 + len(second)),
    )
    assert event(page_of(text, report=Report("r", "a", text, parts=parts)), "visit").status is Status.PLANNED
    assert event(page_of(text), "visit").status is Status.HAPPENED


@pytest.mark.parametrize(
    "text",
    [
        "An aide told reporters that Keller would visit Tarn on Wednesday.",
        "The ministry said in a statement that Keller would visit Tarn on 20 May.",
    ],
)
def test_what_would_be_on_a_day_that_is_to_come_or_is_the_report_s_own_is_planned(text: str) -> None:
    moment = datetime(2031, 5, 14, 10, tzinfo=UTC)  # a Wednesday
    stamp = Stamp(moment.isoformat(), "2031-05-14", "field", moment, moment)
    page = Page(Report("r", "a", text, published=stamp), pipeline()(text))
    for step in (SENTENCES, TIMES, ENTITIES, EVENTS, STATUSES):
        step.run(page)
    assert event(page, "visit").status is Status.PLANNED
